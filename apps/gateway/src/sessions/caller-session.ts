import type { Caller } from '../requests/requests.module.js';
import { Problem } from '../problems/problems.module.js';

/** The session of the caller. */
export interface CallerSession {
  readonly userId: string;
  readonly sessionId: string;
}

/** @throws Problem 403 for callers without a session: API keys, and tokens that an administrator issued */
export function toCallerSession({ identity }: Caller): CallerSession {
  if ('sessionId' in identity && identity.sessionId !== undefined && identity.userId !== undefined) {
    return { userId: identity.userId, sessionId: identity.sessionId };
  }
  throw Problem.forbidden();
}
