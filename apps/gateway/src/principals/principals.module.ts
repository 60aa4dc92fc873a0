// Principals and their permissions. Only types and pure functions, no providers.

export { assertMayGrant, toScopes } from './grants.js';
export type { AgentIdentity, Identity, Member, VerifiedIdentity, UserIdentity } from './identity.js';
export { INSTALLATION_ORGANIZATION_ID } from './installation.js';
export { mayUse } from './may-use.js';
export { isAllowed, type Permission, PERMISSION_NAMES, PERMISSIONS, SCOPES } from './permissions.js';
