import { createECDH, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the local stack shares among its apps and with nobody else. */
export interface LocalSecrets {
  readonly jwtSecret: string;
  /** 32 bytes, base64. */
  readonly recordingsKey: string;
  /** 32 bytes, base64. */
  readonly customerDataKey: string;
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
  /** Base64url, as web push wants them (RFC 8292): uncompressed point and scalar of P-256. */
  readonly vapidPublicKey: string;
  readonly vapidPrivateKey: string;
  /** Admits organisations at the gateway. */
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
    // A scalar with leading zero bytes would come out too short.
    vapidPrivateKey: Buffer.from(vapid.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url'),
    operatorApiKey: randomBytes(32).toString('base64url'),
  };
}

/** The secrets of this data folder: kept data must stay readable and tokens valid over a restart of the stack. */
export async function secretsOf(dataDir: string): Promise<LocalSecrets> {
  const file = join(dataDir, 'secrets.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  // What a newer version needs beside is made now and kept, too.
  const secrets = { ...generateSecrets(), ...(kept === undefined ? {} : (JSON.parse(kept) as LocalSecrets)) };
  await writeFile(file, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
  return secrets;
}
