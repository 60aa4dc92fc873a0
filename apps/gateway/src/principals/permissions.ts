/**
 * The permission matrix. It guards every operation, documents it in the OpenAPI document, and drives the permission
 * tests. Every operation names the permission it needs; a route without one is closed.
 */
export const ROLES = ['operator', 'admin', 'dispatcher', 'agent', 'partner'] as const;
export type Role = (typeof ROLES)[number];

const MANAGERS = ['admin', 'dispatcher'] as const;
const OFFICE = ['admin', 'dispatcher', 'partner'] as const;
const MEMBERS = ['admin', 'dispatcher', 'agent', 'partner'] as const;

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
  // Deliveries and everything around them.
  'deliveries:read': OFFICE,
  'deliveries:write': OFFICE,
  'deliveries:dispatch': MANAGERS,
  'customers:read': OFFICE,
  'customers:write': OFFICE,
  'customers:export': ['admin'],
  'customers:erase': ['admin'],
  'agents:read': MANAGERS,
  'agents:write': MANAGERS,
  'agent-tokens:create': ['admin'],
  'calls:read': MANAGERS,
  'calls:write': MANAGERS,
  'recordings:read': MANAGERS,
  'recordings:listen': ['admin', 'dispatcher', 'agent'],
  'instructions:write': MANAGERS,
  'search:read': MANAGERS,
  'routing:read': MANAGERS,
  'routing:write': MANAGERS,
  'analytics:read': MANAGERS,
  'webhook-endpoints:read': ['admin', 'partner'],
  'webhook-endpoints:write': ['admin', 'partner'],
  'announcements:write': MANAGERS,
  'live:watch': MANAGERS,
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

export const isAllowed = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);

/** Permissions that require a person, so an API key cannot have them. */
const PERSONAL: readonly Permission[] = ['sessions:own', 'inbox:own', 'work:own', 'devices:own'];

/** Permissions that an API key can have: those of an administrator or a partner, except personal ones. */
export const SCOPES = PERMISSION_NAMES.filter(
  (permission) =>
    !PERSONAL.includes(permission) && (isAllowed('admin', permission) || isAllowed('partner', permission)),
);
