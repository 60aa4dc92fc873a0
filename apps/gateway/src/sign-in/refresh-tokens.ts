import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';
import { toDigest, equalDigests, type TokenKey, TokenKeys } from '../credentials/credentials.module.js';

const REFRESH_TOKEN_PATTERN = /^drt_([0-9a-f]{24})\.([1-9]\d{0,8})\.[A-Za-z0-9_-]{43}$/;

/** A refresh token that a client sent. It may be forged. */
export interface PresentedToken {
  readonly sessionId: string;
  readonly generation: number;
  readonly text: string;
}

/** A token family: all refresh tokens of one session. */
type TokenFamily = Pick<SessionDocument, '_id' | 'salt' | 'generation'>;

/**
 * Refresh tokens of the form `drt_<session>.<generation>.<256 bits>`. The bits are an HMAC of session, generation and
 * the session's salt, with a key derived from the signing secret. The database therefore contains no token, a lost
 * response can be repeated without being stored, and a used token is distinguished from a forged one without a list of
 * used tokens. A forged token must not end a session.
 */
@Injectable()
export class RefreshTokens {
  constructor(private readonly keys: TokenKeys) {}

  /** @returns `null` for text that does not have the form of a refresh token */
  read(text: string): PresentedToken | null {
    const [, id, generation] = REFRESH_TOKEN_PATTERN.exec(text) ?? [];
    return id === undefined ? null : { sessionId: `ses_${id}`, generation: Number(generation), text };
  }

  issue(family: TokenFamily): { readonly text: string; readonly digest: string } {
    const text = deriveToken(family, family.generation, this.keys.current);
    return { text, digest: toDigest(text) };
  }

  /** Returns the current token again; `undefined` if its secret has been removed from the configuration. */
  repeat(session: SessionDocument): string | undefined {
    return this.keys.all
      .map((key) => deriveToken(session, session.generation, key))
      .find((text) => equalDigests(toDigest(text), session.refreshSha256));
  }

  /** Whether the token was issued for this session, now or earlier. */
  isGenuine({ text, generation }: PresentedToken, session: SessionDocument): boolean {
    if (generation > session.generation) return false;
    const digest = toDigest(text);
    if (generation === session.generation) return equalDigests(digest, session.refreshSha256);
    return this.keys.all.some((key) => equalDigests(digest, toDigest(deriveToken(session, generation, key))));
  }
}

function deriveToken({ _id, salt }: TokenFamily, generation: number, { refreshSecret }: TokenKey): string {
  const bits = createHmac('sha256', refreshSecret).update(`${_id}\n${generation}\n${salt}`).digest('base64url');
  return `drt_${_id.slice('ses_'.length)}.${generation}.${bits}`;
}
