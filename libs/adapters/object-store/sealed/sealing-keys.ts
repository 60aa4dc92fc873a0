import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { seal, unsealBytes } from '#libs/sealing/seal.js';

const KEY_BYTES = 32;

/** An object's own key, wrapped under its organisation's: the envelope, kept beside the object. */
export interface Envelope {
  /** Names the master key, and tells nothing of it. */
  readonly masterId: string;
  readonly wrappedKey: string;
}

interface Master {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Keys for sealed objects: every object has its own, wrapped under its organisation's, which is derived from the master
 * key (HKDF, RFC 5869). The first master key seals; all open, so that one can be replaced.
 */
export class SealingKeys {
  private readonly masters: readonly Master[];

  /** @param keys 32 bytes each, base64, the current one first */
  constructor(keys: readonly string[]) {
    this.masters = keys.map(masterOf);
    if (this.masters.length === 0) throw new RangeError('A sealing key is needed.');
  }

  /** A key that nothing was sealed with yet. */
  newKey(organization: string, object: string): { readonly key: Buffer; readonly envelope: Envelope } {
    const [master] = this.masters as [Master];
    const key = randomBytes(KEY_BYTES);
    const wrappedKey = seal(organizationKey(master, organization), key, object);
    return { key, envelope: { masterId: master.id, wrappedKey } };
  }

  /** @throws Error when its master key is not here, or the envelope is another object's or organisation's */
  open(organization: string, object: string, { masterId, wrappedKey }: Envelope): Buffer {
    const master = this.masters.find(({ id }) => id === masterId);
    if (!master) throw new Error(`${object} was sealed under the key ${masterId}, which is not configured.`);
    return unsealBytes(organizationKey(master, organization), wrappedKey, object);
  }
}

function masterOf(key: string): Master {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== KEY_BYTES) throw new RangeError('A sealing key must be 32 bytes, base64.');
  return {
    bytes,
    id: createHash('sha256').update('delauto sealing key id\n').update(bytes).digest('base64url').slice(0, 8),
  };
}

const organizationKey = ({ bytes }: Master, organization: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', bytes, organization, 'delauto organisation objects', KEY_BYTES));
