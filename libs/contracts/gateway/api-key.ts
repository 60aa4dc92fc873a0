import { IdField, InstantField, TextField, TextListField } from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';

export class ApiKeyFact {
  @IdField() keyId!: string;
  @TextField({ max: 100 }) label!: string;
}

export class ApiKeyCreatedPayload extends ApiKeyFact {
  @TextListField({ maxItems: 100, item: { max: 60 } }) scopes!: string[];
  @InstantField({ optional: true }) expiresAt?: string;
}

export class ApiKeyRotatedPayload extends ApiKeyFact {
  /** Until then the secret before it is good, too. */
  @InstantField() previousValidUntil!: string;
}

export const ApiKeyCreated = defineEvent({
  subject: 'gateway.api-key.created.v1',
  payload: ApiKeyCreatedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A system was given a key, with these scopes.',
});
export const ApiKeyRotated = defineEvent({
  subject: 'gateway.api-key.rotated.v1',
  payload: ApiKeyRotatedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A key has a new secret.',
});
export const ApiKeyRevoked = defineEvent({
  subject: 'gateway.api-key.revoked.v1',
  payload: ApiKeyFact,
  consumers: ['analytics', 'gateway'],
  summary: 'A key is worth nothing any more.',
});
