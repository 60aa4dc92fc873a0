import { randomBytes } from 'node:crypto';
import { MasterKeys } from '#libs/sealing/master-keys.js';
import { seal, unsealBytes } from '#libs/sealing/seal.js';

const KEY_BYTES = 32;

/** The object's content key, wrapped with the organization's key. Stored with the object. */
export interface Envelope {
  /** Identifies the master key without revealing it. */
  readonly masterId: string;
  readonly wrappedKey: string;
}

/**
 * Keys of sealed objects. Every object has its own key, wrapped with its organization's key, which is derived from a
 * master key.
 */
export class SealingKeys {
  private readonly masters: MasterKeys;

  /** @param keys 32 bytes each, base64, current key first */
  constructor(keys: readonly string[]) {
    this.masters = new MasterKeys(keys, 'delauto organisation objects');
  }

  /** Generates a new content key and its envelope. */
  generateKey(organization: string, object: string): { readonly key: Buffer; readonly envelope: Envelope } {
    const { current } = this.masters;
    const key = randomBytes(KEY_BYTES);
    const wrappedKey = seal(this.masters.deriveKey(current, organization), key, object);
    return { key, envelope: { masterId: current.id, wrappedKey } };
  }

  /**
   * Unwraps the content key of an object.
   * @throws Error if the master key is not configured, or the envelope belongs to another object or organization
   */
  open(organization: string, object: string, { masterId, wrappedKey }: Envelope): Buffer {
    const master = this.masters.find(masterId);
    if (!master) throw new Error(`${object} was sealed with the key ${masterId}, which is not configured.`);
    return unsealBytes(this.masters.deriveKey(master, organization), wrappedKey, object);
  }
}
