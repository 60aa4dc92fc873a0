import type { JsonSchema } from '#libs/contracts/index.js';
import type { Operation } from '../requests/requests.module.js';
import { type Permission, PERMISSIONS, SCOPES } from '../principals/principals.module.js';

export const SECURITY_SCHEMES: JsonSchema = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A person’s or an agent’s access token, from `login` or `refreshSession`. The role decides what it may.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A key for a system of yours, `dak_….…`. Its scopes decide what it may; they are names of permissions.',
  },
  operatorKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The key of whoever operates this installation.',
  },
};

/** Who may use an operation: roles by access token, scopes by API key. */
export function securityOf({ access }: Operation): JsonSchema {
  if (access === 'public') return { security: [] };
  const roles: readonly string[] = PERMISSIONS[access];
  const scopes: readonly Permission[] = SCOPES;
  return {
    security: [
      ...(roles.some((role) => role !== 'operator') ? [{ accessToken: [access] }] : []),
      ...(scopes.includes(access) ? [{ apiKey: [access] }] : []),
      ...(roles.includes('operator') ? [{ operatorKey: [access] }] : []),
    ],
    'x-permission': access,
    'x-roles': roles,
  };
}
