import { MasterKeys } from './master-keys.js';
import { seal, unsealBytes } from './seal.js';

/** Format version, master key id, and the result of `seal`. */
const SEALED_PATTERN = /^sealed\.1\.([\w-]{8})\.([A-Za-z0-9+/=]+)$/;

/**
 * Encrypts sensitive data, such as customers' words and access codes, before it is stored or sent through the
 * broker. A copy of the disks does not reveal it. Each organization has its own key.
 */
export class DataSealer {
  private readonly masterKeys: MasterKeys;

  /**
   * @param keys 32 bytes each, base64; the current key first, then older keys for as long as data is sealed with them
   */
  constructor(keys: readonly string[]) {
    this.masterKeys = new MasterKeys(keys, 'delauto organisation data');
  }

  /**
   * Encrypts a value.
   * @param organization the owner's id; empty for data that has no owner yet
   * @param context what the value belongs to, as additional authenticated data; `open` needs the same context
   */
  seal(organization: string, context: string, plain: string | Uint8Array): string {
    const { current } = this.masterKeys;
    return `sealed.1.${current.id}.${seal(this.masterKeys.deriveKey(current, organization), plain, context)}`;
  }

  /**
   * Decrypts a sealed value.
   * @throws Error when the key is not configured, the organization or the context differs, or the value was modified
   */
  open(organization: string, context: string, sealed: string): Buffer {
    const [, id = '', body] = SEALED_PATTERN.exec(sealed) ?? [];
    if (body === undefined) throw new Error(`${context}: the value is not in the sealed format.`);
    const master = this.masterKeys.find(id);
    if (!master) throw new Error(`${context} was sealed with the key ${id}, which is not configured.`);
    try {
      return unsealBytes(this.masterKeys.deriveKey(master, organization), body, context);
    } catch (cause) {
      throw new Error(`Cannot open ${context}: the organization or the context differs, or the value was modified.`, {
        cause,
      });
    }
  }
}

/** Whether a value is sealed. Values stored before sealing was introduced are not. */
export const isSealed = (value: unknown): value is string => typeof value === 'string' && SEALED_PATTERN.test(value);
