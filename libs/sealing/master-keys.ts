import { createHash, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;
const MOST_DERIVED = 10_000;

/** A secret that seals nothing itself: other keys are derived from it. */
export interface MasterKey {
  /** Names the key, and tells nothing of it. 8 characters of base64url. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** Master keys and what is derived from them (HKDF, RFC 5869). The first seals; all open, so that one can be replaced. */
export class MasterKeys {
  readonly current: MasterKey;
  private readonly all: readonly MasterKey[];
  private readonly derived = new Map<string, Uint8Array>();

  /**
   * @param keys 32 bytes each, base64, the current one first
   * @param purpose what is derived for one purpose opens nothing of another
   * @throws RangeError when there is none, or one is no such key
   */
  constructor(
    keys: readonly string[],
    private readonly purpose: string,
  ) {
    this.all = keys.map(masterOf);
    const [current] = this.all;
    if (!current) throw new RangeError('A sealing key is needed.');
    this.current = current;
  }

  /** @returns undefined when no such key is configured (any more) */
  find(id: string): MasterKey | undefined {
    return this.all.find((master) => master.id === id);
  }

  /** An organisation's own key, 32 bytes. */
  keyOf({ id, bytes }: MasterKey, organization: string): Uint8Array {
    const name = `${id}/${organization}`;
    const known = this.derived.get(name);
    if (known) return known;
    if (this.derived.size >= MOST_DERIVED) this.derived.clear();
    const key = new Uint8Array(hkdfSync('sha256', bytes, organization, this.purpose, KEY_BYTES));
    this.derived.set(name, key);
    return key;
  }
}

function masterOf(key: string): MasterKey {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== KEY_BYTES) throw new RangeError('A sealing key must be 32 bytes, base64.');
  return {
    bytes,
    id: createHash('sha256').update('delauto sealing key id\n').update(bytes).digest('base64url').slice(0, 8),
  };
}
