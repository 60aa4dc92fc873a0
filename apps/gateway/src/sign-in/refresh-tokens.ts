import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';
import { digestOf, equalDigests, type TokenKey, TokenKeys } from '../credentials/credentials.module.js';

const TOKEN = /^drt_([0-9a-f]{24})\.([1-9]\d{0,8})\.[A-Za-z0-9_-]{43}$/;

export interface PresentedToken {
  readonly sessionId: string;
  readonly generation: number;
  readonly text: string;
}

type Family = Pick<SessionDocument, '_id' | 'salt' | 'generation'>;

/**
 * Refresh tokens: `drt_<session>.<number>.<256 bits>`. The bits are a keyed hash of session, number and the session's salt,
 * under a key made from the signing secret. So the database knows no token; the answer that was lost can be given again
 * without being kept; and a spent token is told from an invented one, which must not end anybody's session, without keeping
 * a list of the spent.
 */
@Injectable()
export class RefreshTokens {
  constructor(private readonly keys: TokenKeys) {}

  read(text: string): PresentedToken | null {
    const [, id, generation] = TOKEN.exec(text) ?? [];
    return id === undefined ? null : { sessionId: `ses_${id}`, generation: Number(generation), text };
  }

  issue(family: Family): { readonly text: string; readonly digest: string } {
    const text = tokenOf(family, family.generation, this.keys.current);
    return { text, digest: digestOf(text) };
  }

  /** The newest token once more; `undefined` when the secret it was made with is not among ours any more. */
  repeat(session: SessionDocument): string | undefined {
    return this.keys.all
      .map((key) => tokenOf(session, session.generation, key))
      .find((text) => equalDigests(digestOf(text), session.refreshSha256));
  }

  /** Whether it was issued for this session, at some time. */
  isGenuine({ text, generation }: PresentedToken, session: SessionDocument): boolean {
    if (generation > session.generation) return false;
    const digest = digestOf(text);
    if (generation === session.generation) return equalDigests(digest, session.refreshSha256);
    return this.keys.all.some((key) => equalDigests(digest, digestOf(tokenOf(session, generation, key))));
  }
}

function tokenOf({ _id, salt }: Family, generation: number, { refreshSecret }: TokenKey): string {
  const bits = createHmac('sha256', refreshSecret).update(`${_id}\n${generation}\n${salt}`).digest('base64url');
  return `drt_${_id.slice('ses_'.length)}.${generation}.${bits}`;
}
