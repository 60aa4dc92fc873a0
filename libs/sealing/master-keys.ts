import { createHash, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;
const MAX_DERIVED_KEYS = 10_000;

/** A secret from which encryption keys are derived. It encrypts nothing itself. */
export interface MasterKey {
  /** Identifies the key without revealing it: 8 base64url characters of its hash. */
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Master keys and the keys derived from them (HKDF, RFC 5869). Data is sealed with the first key and can be opened with
 * any of them, which allows key rotation.
 */
export class MasterKeys {
  readonly current: MasterKey;
  private readonly all: readonly MasterKey[];
  private readonly derived = new Map<string, Uint8Array>();

  /**
   * @param keys 32 bytes each, base64, the current one first
   * @param purpose the HKDF `info`: a key that is derived for one purpose cannot open data of another purpose
   * @throws RangeError when there is no key, or a key is not 32 bytes in base64
   */
  constructor(
    keys: readonly string[],
    private readonly purpose: string,
  ) {
    this.all = keys.map(toMasterKey);
    const [current] = this.all;
    if (!current) throw new RangeError('At least one sealing key is required.');
    this.current = current;
  }

  /** @returns `undefined` when the key is not, or no longer, configured */
  find(id: string): MasterKey | undefined {
    return this.all.find((master) => master.id === id);
  }

  /** Derives an organization's key, 32 bytes. */
  deriveKey({ id, bytes }: MasterKey, organization: string): Uint8Array {
    const name = `${id}/${organization}`;
    const cached = this.derived.get(name);
    if (cached) return cached;
    if (this.derived.size >= MAX_DERIVED_KEYS) this.derived.clear();
    const key = new Uint8Array(hkdfSync('sha256', bytes, organization, this.purpose, KEY_BYTES));
    this.derived.set(name, key);
    return key;
  }
}

function toMasterKey(key: string): MasterKey {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== KEY_BYTES) throw new RangeError('A sealing key must be 32 bytes, base64.');
  return {
    bytes,
    id: createHash('sha256').update('delauto sealing key id\n').update(bytes).digest('base64url').slice(0, 8),
  };
}
