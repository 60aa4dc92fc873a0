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
import { type Permission, SCOPES, scopesOf } from '../principals/principals.module.js';
import { Problem } from '../problems/problems.module.js';

const PRESETS = ['admin', 'partner'] as const;

export class ApiKeyInput {
  @TextField({ max: 100 }) label!: string;
  @ChoiceListField(SCOPES, { optional: true, minItems: 1, maxItems: SCOPES.length, description: 'What it may do.' })
  scopes?: Permission[];
  @ChoiceField(PRESETS, { optional: true, description: 'Instead of scopes: all that this role may do today.' })
  role?: (typeof PRESETS)[number];
  @InstantField({ optional: true }) expiresAt?: string;
}

/** A key as the API tells of it: its secret is shown when it is made, and never again. */
export class ApiKey {
  @IdField() keyId!: string;
  @TextField({ max: 100 }) label!: string;
  @ChoiceListField(SCOPES) scopes!: string[];
  @InstantField() createdAt!: string;
  @InstantField({ optional: true }) expiresAt?: string;
  @InstantField({ optional: true, description: 'To a minute.' }) lastUsedAt?: string;
  @InstantField({ optional: true }) revokedAt?: string;
  @InstantField({ optional: true, description: 'Until then the secret before the last rotation is good, too.' })
  previousValidUntil?: string;
}

export class IssuedApiKeyReply extends ApiKey {
  @TextField({ max: 200, description: 'Sent as `Authorization: Bearer`. Shown this once.' }) apiKey!: string;
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
    description: 'How long the secret before stays good; a day unless said otherwise.',
  })
  overlapSeconds?: number;
}

/** @throws Problem 400 unless exactly one of scopes and role is given, and the end is still to come */
export function grantOf(
  { scopes, role, expiresAt }: ApiKeyInput,
  now: Date,
): { scopes: Permission[]; expiresAt?: Date } {
  if ((scopes === undefined) === (role === undefined)) {
    throw Problem.invalid([{ path: 'scopes', message: 'scopes or role is required, and not both' }]);
  }
  const granted = scopes ?? scopesOf(role ?? 'partner');
  if (expiresAt === undefined) return { scopes: granted };
  const end = new Date(expiresAt);
  if (end <= now) throw Problem.invalid([{ path: 'expiresAt', message: 'expiresAt must be still to come' }]);
  return { scopes: granted, expiresAt: end };
}

export function toApiKey(key: ApiKeyDocument): ApiKey {
  const { _id: keyId, label, scopes, createdAt, expiresAt, lastUsedAt, revokedAt, previous } = key;
  return {
    keyId,
    label,
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    createdAt: createdAt.toISOString(),
    ...instants({ expiresAt, lastUsedAt, revokedAt, previousValidUntil: previous?.validUntil }),
  };
}

function instants(dates: Readonly<Record<string, Date | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(dates).flatMap(([name, at]) => (at ? [[name, at.toISOString()]] : [])));
}
