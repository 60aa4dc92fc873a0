import { createECDH, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The generated secrets that the apps of a local stack share. */
export interface LocalSecrets {
  readonly jwtSecret: string;
  /** 32 bytes, base64. */
  readonly recordingsKey: string;
  /** 32 bytes, base64. */
  readonly customerDataKey: string;
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
  /** Base64url, as web push requires (RFC 8292): uncompressed point and scalar of P-256. */
  readonly vapidPublicKey: string;
  readonly vapidPrivateKey: string;
  /** Authorizes the operator to create organizations at the gateway. */
  readonly operatorApiKey: string;
}

export function generateSecrets(): LocalSecrets {
  const vapid = createECDH('prime256v1');
  vapid.generateKeys();
  return {
    jwtSecret: randomBytes(48).toString('base64url'),
    recordingsKey: randomBytes(32).toString('base64'),
    customerDataKey: randomBytes(32).toString('base64'),
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthToken: randomBytes(16).toString('hex'),
    vapidPublicKey: vapid.getPublicKey('base64url'),
    // Padded, because Node omits the leading zero bytes of a scalar.
    vapidPrivateKey: Buffer.from(vapid.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url'),
    operatorApiKey: randomBytes(32).toString('base64url'),
  };
}

/** Loads or creates the secrets of a data folder, so that data stays readable and tokens stay valid after a restart. */
export async function loadSecrets(dataDir: string): Promise<LocalSecrets> {
  const file = join(dataDir, 'secrets.json');
  const stored = await readFile(file, 'utf8').catch(() => undefined);
  // Adds the secrets that a file stored by an earlier version lacks.
  const secrets = { ...generateSecrets(), ...(stored === undefined ? {} : (JSON.parse(stored) as LocalSecrets)) };
  await writeFile(file, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
  return secrets;
}
