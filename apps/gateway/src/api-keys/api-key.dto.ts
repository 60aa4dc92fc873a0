import {
  ChoiceField,
  ChoiceListField,
  IdField,
  InstantField,
  IntegerField,
  ObjectListField,
  TextField,
} from '#libs/contracts/index.js';
import type { ApiKeyDocument } from '#libs/persistence/schemas/gateway/api-keys.js';
import { type Permission, SCOPES, toScopes } from '../principals/principals.module.js';
import { Problem } from '../problems/problems.module.js';

const PRESETS = ['admin', 'partner'] as const;

export class ApiKeyInput {
  @TextField({ max: 100 }) label!: string;
  @ChoiceListField(SCOPES, {
    optional: true,
    minItems: 1,
    maxItems: SCOPES.length,
    description: 'The permissions of the key.',
  })
  scopes?: Permission[];
  @ChoiceField(PRESETS, {
    optional: true,
    description: 'Instead of `scopes`: all permissions that this role has today.',
  })
  role?: (typeof PRESETS)[number];
  @InstantField({ optional: true }) expiresAt?: string;
}

/** A key as the API returns it. Its secret is shown only when it is created or rotated. */
export class ApiKey {
  @IdField() keyId!: string;
  @TextField({ max: 100 }) label!: string;
  @ChoiceListField(SCOPES) scopes!: string[];
  @InstantField() createdAt!: string;
  @InstantField({ optional: true }) expiresAt?: string;
  @InstantField({ optional: true, description: 'Accurate to a minute.' }) lastUsedAt?: string;
  @InstantField({ optional: true }) revokedAt?: string;
  @InstantField({ optional: true, description: 'Until then, the secret before the last rotation is also valid.' })
  previousValidUntil?: string;
}

export class IssuedApiKeyReply extends ApiKey {
  @TextField({ max: 200, description: 'Send it as `Authorization: Bearer`. Shown only once.' }) apiKey!: string;
}

export class ApiKeyPage {
  @ObjectListField(() => ApiKey, { maxItems: 200 }) items!: ApiKey[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class ApiKeysQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

export class Rotation {
  @IntegerField({
    optional: true,
    min: 0,
    max: 7 * 86_400,
    description: 'How long the previous secret stays valid, in seconds. Default: one day.',
  })
  overlapSeconds?: number;
}

/** @throws Problem 400 unless exactly one of `scopes` and `role` is given and `expiresAt` is in the future */
export function toGrant(
  { scopes, role, expiresAt }: ApiKeyInput,
  now: Date,
): { scopes: Permission[]; expiresAt?: Date } {
  if ((scopes === undefined) === (role === undefined)) {
    throw Problem.invalid([{ path: 'scopes', message: 'give either scopes or role, not both' }]);
  }
  const grantedScopes = scopes ?? toScopes(role ?? 'partner');
  if (expiresAt === undefined) return { scopes: grantedScopes };
  const expiry = new Date(expiresAt);
  if (expiry <= now) throw Problem.invalid([{ path: 'expiresAt', message: 'expiresAt must be in the future' }]);
  return { scopes: grantedScopes, expiresAt: expiry };
}

export function toApiKey(key: ApiKeyDocument): ApiKey {
  const { _id: keyId, label, scopes, createdAt, expiresAt, lastUsedAt, revokedAt, previous } = key;
  return {
    keyId,
    label,
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    createdAt: createdAt.toISOString(),
    ...toInstantFields({ expiresAt, lastUsedAt, revokedAt, previousValidUntil: previous?.validUntil }),
  };
}

function toInstantFields(dates: Readonly<Record<string, Date | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(dates).flatMap(([name, at]) => (at ? [[name, at.toISOString()]] : [])));
}
