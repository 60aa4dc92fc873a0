import type { Identity } from './identity.js';
import { isAllowed, type Permission } from './permissions.js';

/** A person may what their role may; a key what it was given. */
export function mayUse(identity: Identity, permission: Permission | 'public'): boolean {
  if (permission === 'public') return true;
  return identity.role === 'key' ? identity.scopes.includes(permission) : isAllowed(identity.role, permission);
}
