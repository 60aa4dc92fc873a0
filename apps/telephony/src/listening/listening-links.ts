import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a link says beside the recording it is for. */
export interface LinkQuery {
  /** Seconds since the epoch. */
  readonly expires?: string | undefined;
  readonly signature?: string | undefined;
}

/**
 * Links by which one recording can be heard until they expire, without another credential: signed (HMAC-SHA256), so that
 * nobody can make or lengthen one.
 */
export class ListeningLinks {
  private readonly keys: readonly Buffer[];

  /**
   * @param baseUrl where listeners reach this app, or what stands before it, without a slash at the end
   * @param secrets the first signs; links signed with the others are still good
   */
  constructor(
    private readonly baseUrl: string,
    secrets: readonly string[],
  ) {
    this.keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'delauto listening links', 32)));
  }

  sign(recordingId: string, expiresAt: Date): string {
    const [key] = this.keys;
    if (!key) throw new RangeError('A secret is needed to sign links.');
    const expires = String(Math.floor(expiresAt.getTime() / 1000));
    const query = new URLSearchParams({ expires, signature: signatureOf(key, recordingId, expires) });
    return `${this.baseUrl}/recordings/${encodeURIComponent(recordingId)}/audio.wav?${query.toString()}`;
  }

  /** @returns for how many seconds the link is still good; 0 for one that is over, or was never ours */
  secondsLeft(recordingId: string, { expires = '', signature = '' }: LinkQuery, now: Date): number {
    const isOurs = this.keys.some((key) => equal(signatureOf(key, recordingId, expires), signature));
    if (!isOurs) return 0;
    return Math.max(0, Math.floor(Number(expires) - now.getTime() / 1000));
  }
}

const signatureOf = (key: Buffer, recordingId: string, expires: string): string =>
  createHmac('sha256', key).update(`${recordingId}\n${expires}`).digest('base64url');

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
