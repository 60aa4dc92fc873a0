import type { JsonSchema } from '#libs/contracts/index.js';
import type { Operation } from '../requests/requests.module.js';
import { type Permission, PERMISSIONS, SCOPES } from '../principals/principals.module.js';

export const SECURITY_SCHEMES: JsonSchema = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of a user or an agent, from `login` or `refreshSession`. The role determines its permissions.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key for one of your systems, `dak_….…`. Its scopes, which are permission names, determine its permissions.',
  },
  operatorKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The key of the operator of this installation.',
  },
};

/** Returns the security requirements of an operation: an access token, an API key or the operator key. */
export function toSecurity({ access }: Operation): JsonSchema {
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
