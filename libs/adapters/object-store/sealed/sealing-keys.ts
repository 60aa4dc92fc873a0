import { randomBytes } from 'node:crypto';
import { MasterKeys } from '#libs/sealing/master-keys.js';
import { seal, unsealBytes } from '#libs/sealing/seal.js';

const KEY_BYTES = 32;

/** An object's own key, wrapped under its organisation's: the envelope, kept beside the object. */
export interface Envelope {
  /** Names the master key, and tells nothing of it. */
  readonly masterId: string;
  readonly wrappedKey: string;
}

/** Keys for sealed objects: every object has its own, wrapped under its organisation's, which a master key makes. */
export class SealingKeys {
  private readonly masters: MasterKeys;

  /** @param keys 32 bytes each, base64, the current one first */
  constructor(keys: readonly string[]) {
    this.masters = new MasterKeys(keys, 'delauto organisation objects');
  }

  /** A key that nothing was sealed with yet. */
  newKey(organization: string, object: string): { readonly key: Buffer; readonly envelope: Envelope } {
    const { current } = this.masters;
    const key = randomBytes(KEY_BYTES);
    const wrappedKey = seal(this.masters.keyOf(current, organization), key, object);
    return { key, envelope: { masterId: current.id, wrappedKey } };
  }

  /** @throws Error when its master key is not here, or the envelope is another object's or organisation's */
  open(organization: string, object: string, { masterId, wrappedKey }: Envelope): Buffer {
    const master = this.masters.find(masterId);
    if (!master) throw new Error(`${object} was sealed under the key ${masterId}, which is not configured.`);
    return unsealBytes(this.masters.keyOf(master, organization), wrappedKey, object);
  }
}
