import type { Identity } from './identity.js';
import { isAllowed, type Permission } from './permissions.js';

/** Whether an identity has a permission: users and agents by their role, API keys by their scopes. */
export function mayUse(identity: Identity, permission: Permission | 'public'): boolean {
  if (permission === 'public') return true;
  return identity.role === 'key' ? identity.scopes.includes(permission) : isAllowed(identity.role, permission);
}
