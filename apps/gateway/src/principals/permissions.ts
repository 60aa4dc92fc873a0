export const ROLES = ['operator', 'admin', 'dispatcher', 'agent', 'partner'] as const;
export type Role = (typeof ROLES)[number];

const STAFF = ['admin', 'dispatcher'] as const;
const STAFF_AND_PARTNERS = ['admin', 'dispatcher', 'partner'] as const;
const MEMBERS = ['admin', 'dispatcher', 'agent', 'partner'] as const;

/**
 * The roles that have each permission. Guards, the OpenAPI document and the permission tests read it. Every operation
 * names the permission that it requires; `AccessGuard` denies access to a route without an operation.
 */
export const PERMISSIONS = {
  // The caller's own identity and sessions.
  'self:read': MEMBERS,
  'sessions:own': MEMBERS,
  // The organization and its users.
  'organizations:operate': ['operator'],
  'organization:read': MEMBERS,
  'organization:write': ['admin'],
  'users:read': ['admin'],
  'users:write': ['admin'],
  'api-keys:read': ['admin'],
  'api-keys:write': ['admin'],
  'audit:read': ['admin'],
  // Deliveries, customers, agents, calls and figures.
  'deliveries:read': STAFF_AND_PARTNERS,
  'deliveries:write': STAFF_AND_PARTNERS,
  'deliveries:dispatch': STAFF,
  'customers:read': STAFF_AND_PARTNERS,
  'customers:write': STAFF_AND_PARTNERS,
  'customers:export': ['admin'],
  'customers:erase': ['admin'],
  'agents:read': STAFF,
  'agents:write': STAFF,
  'agent-tokens:create': ['admin'],
  'calls:read': STAFF,
  'calls:write': STAFF,
  'recordings:read': STAFF,
  'recordings:listen': ['admin', 'dispatcher', 'agent'],
  'instructions:write': STAFF,
  'search:read': STAFF,
  'routing:read': STAFF,
  'routing:write': STAFF,
  'analytics:read': STAFF,
  'webhook-endpoints:read': ['admin', 'partner'],
  'webhook-endpoints:write': ['admin', 'partner'],
  'announcements:write': STAFF,
  'live:watch': STAFF,
  // The signed-in agent.
  'inbox:own': ['agent'],
  'work:own': ['agent'],
  'devices:own': ['agent'],
  // The installation.
  'operations:read': ['operator'],
  'operations:write': ['operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

/** Whether a role has a permission. */
export const isAllowed = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);

/** Permissions that require a person, so an API key cannot have them. */
const PERSONAL_PERMISSIONS: readonly Permission[] = ['sessions:own', 'inbox:own', 'work:own', 'devices:own'];

/** Permissions that an API key can have: those of an administrator or a partner, except personal ones. */
export const SCOPES = PERMISSION_NAMES.filter(
  (permission) =>
    !PERSONAL_PERMISSIONS.includes(permission) && (isAllowed('admin', permission) || isAllowed('partner', permission)),
);
