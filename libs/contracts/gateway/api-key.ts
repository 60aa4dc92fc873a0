import { IdField, InstantField, TextField, TextListField } from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';

/** The fields of every event about an API key. No event contains its secret. */
export class ApiKeyFact {
  @IdField() keyId!: string;
  @TextField({ max: 100 }) label!: string;
}

export class ApiKeyCreatedPayload extends ApiKeyFact {
  @TextListField({ maxItems: 100, item: { max: 60 } }) scopes!: string[];
  @InstantField({ optional: true }) expiresAt?: string;
}

export class ApiKeyRotatedPayload extends ApiKeyFact {
  /** Until this instant the previous secret is also accepted. */
  @InstantField() previousValidUntil!: string;
}

export const ApiKeyCreated = defineEvent({
  subject: 'gateway.api-key.created.v1',
  payload: ApiKeyCreatedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'An API key with the given scopes was created.',
});
export const ApiKeyRotated = defineEvent({
  subject: 'gateway.api-key.rotated.v1',
  payload: ApiKeyRotatedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'An API key received a new secret.',
});
export const ApiKeyRevoked = defineEvent({
  subject: 'gateway.api-key.revoked.v1',
  payload: ApiKeyFact,
  consumers: ['analytics', 'gateway'],
  summary: 'An API key was revoked and is no longer accepted.',
});
