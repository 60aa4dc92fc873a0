import type { Caller } from '../requests/requests.module.js';
import { Problem } from '../problems/problems.module.js';

/** Whose session asks. */
export interface OwnSession {
  readonly userId: string;
  readonly sessionId: string;
}

/** @throws Problem 403 for who has not signed in: an API key, or a token that an administrator handed out */
export function ownSessionOf({ identity }: Caller): OwnSession {
  if ('sessionId' in identity && identity.sessionId !== undefined && identity.userId !== undefined) {
    return { userId: identity.userId, sessionId: identity.sessionId };
  }
  throw Problem.forbidden();
}
