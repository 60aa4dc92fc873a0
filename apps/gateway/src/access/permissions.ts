/**
 * Who may do what: the one table that guards every route. A route names the permission it needs; without one it does
 * not answer anybody.
 */
export const ROLES = ['operator', 'admin', 'partner', 'agent'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = {
  'organizations:create': ['operator'],
  'api-keys:create': ['admin'],
  'customers:write': ['admin', 'partner'],
  'customers:read': ['admin', 'partner'],
  'deliveries:write': ['admin', 'partner'],
  'deliveries:read': ['admin', 'partner'],
  'agents:write': ['admin'],
  'agents:read': ['admin'],
  'agent-tokens:create': ['admin'],
  'webhook-endpoints:write': ['admin', 'partner'],
  'analytics:read': ['admin'],
  'recordings:listen': ['admin', 'agent'],
  'live:watch': ['admin'],
  'inbox:own': ['agent'],
  'push-subscriptions:own': ['agent'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export const isAllowed = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);
