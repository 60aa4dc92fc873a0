import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Query parameters of a link. */
export interface LinkQuery {
  /** Seconds since the epoch. */
  readonly expires?: string | undefined;
  readonly signature?: string | undefined;
}

/**
 * Signed links (HMAC-SHA256) that give access to one recording until they expire, without another credential. A link
 * cannot be forged or extended.
 */
export class ListeningLinks {
  private readonly keys: readonly Buffer[];

  /**
   * @param baseUrl base URL of this app, or of the cache in front of it, without a trailing slash
   * @param secrets the first one signs; links signed with the others stay valid
   */
  constructor(
    private readonly baseUrl: string,
    secrets: readonly string[],
  ) {
    this.keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'delauto listening links', 32)));
  }

  sign(recordingId: string, expiresAt: Date): string {
    const [key] = this.keys;
    if (!key) throw new RangeError('ListeningLinks needs at least one secret to sign links.');
    const expires = String(Math.floor(expiresAt.getTime() / 1000));
    const query = new URLSearchParams({ expires, signature: computeSignature(key, recordingId, expires) });
    return `${this.baseUrl}/recordings/${encodeURIComponent(recordingId)}/audio.wav?${query.toString()}`;
  }

  /** @returns seconds until the link expires; 0 if it has expired or its signature is invalid */
  getSecondsLeft(recordingId: string, { expires = '', signature = '' }: LinkQuery, now: Date): number {
    const isSignatureValid = this.keys.some((key) => isEqual(computeSignature(key, recordingId, expires), signature));
    if (!isSignatureValid) return 0;
    return Math.max(0, Math.floor(Number(expires) - now.getTime() / 1000));
  }
}

const computeSignature = (key: Buffer, recordingId: string, expires: string): string =>
  createHmac('sha256', key).update(`${recordingId}\n${expires}`).digest('base64url');

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
