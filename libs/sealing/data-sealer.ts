import { MasterKeys } from './master-keys.js';
import { seal, unsealBytes } from './seal.js';

/** Version of the form, master key's id, and what `seal` makes. */
const SEALED = /^sealed\.1\.([\w-]{8})\.([A-Za-z0-9+/=]+)$/;

/**
 * Seals customers' words, and what opens their doors, before they are stored or sent through the broker: whoever has a
 * copy of the disks reads none of it. Each organisation's are sealed under a key of its own.
 */
export class DataSealer {
  private readonly masters: MasterKeys;

  /** @param keys 32 bytes each, base64, the current one first; those before it for as long as there is data of theirs */
  constructor(keys: readonly string[]) {
    this.masters = new MasterKeys(keys, 'delauto organisation data');
  }

  /**
   * @param organization whose it is; empty for what is nobody's yet
   * @param context what it belongs to: it opens only beside the same
   */
  seal(organization: string, context: string, plain: string | Uint8Array): string {
    const { current } = this.masters;
    return `sealed.1.${current.id}.${seal(this.masters.keyOf(current, organization), plain, context)}`;
  }

  /** @throws Error when the key is not configured, or it is another organisation's, belongs elsewhere or was changed */
  open(organization: string, context: string, sealed: string): Buffer {
    const [, id = '', body] = SEALED.exec(sealed) ?? [];
    if (body === undefined) throw new Error(`${context}: this is nothing that was sealed here.`);
    const master = this.masters.find(id);
    if (!master) throw new Error(`${context} was sealed under the key ${id}, which is not configured.`);
    try {
      return unsealBytes(this.masters.keyOf(master, organization), body, context);
    } catch (cause) {
      throw new Error(`${context} does not open: it is another organisation's, belongs elsewhere or was changed.`, {
        cause,
      });
    }
  }
}

/** Whether a value was made by a sealer; what was stored before there was one was not. */
export const isSealed = (value: unknown): value is string => typeof value === 'string' && SEALED.test(value);
