import { Problem } from '../problems/problems.module.js';
import type { Identity } from './identity.js';
import { mayUse } from './may-use.js';
import { isAllowed, SCOPES, type Permission, type Role } from './permissions.js';

/**
 * Asserts that the caller has all permissions that they want to grant. Otherwise a caller who may create keys or invite
 * users could escalate to every permission.
 * @throws Problem 403 that names the missing permissions
 */
export function assertMayGrant(identity: Identity, permissions: readonly Permission[]): void {
  const missing = permissions.filter((permission) => !mayUse(identity, permission));
  if (missing.length === 0 || identity.role === 'operator') return;
  throw Problem.of('forbidden', `You cannot grant permissions that you do not have: ${missing.join(', ')}.`);
}

/** Returns the permissions of a role that can be granted to an API key. */
export const toScopes = (role: Role): Permission[] => SCOPES.filter((scope) => isAllowed(role, scope));
