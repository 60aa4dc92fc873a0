import { Problem } from '../problems/problems.module.js';
import type { Identity } from './identity.js';
import { mayUse } from './may-use.js';
import { isAllowed, SCOPES, type Permission, type Role } from './permissions.js';

/**
 * Nobody gives away more than they have: a key with two scopes that may create keys or invite people would otherwise be
 * worth every scope there is.
 * @throws Problem 403 naming what is missing
 */
export function assertMayGrant(identity: Identity, permissions: readonly Permission[]): void {
  const missing = permissions.filter((permission) => !mayUse(identity, permission));
  if (missing.length === 0 || identity.role === 'operator') return;
  throw Problem.of('forbidden', `You cannot give what you do not have: ${missing.join(', ')}.`);
}

/** What a role is worth to whoever cannot be a person of it. */
export const scopesOf = (role: Role): Permission[] => SCOPES.filter((scope) => isAllowed(role, scope));
