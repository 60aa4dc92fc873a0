import { getSealingContext, type EventEnvelope } from '#libs/contracts/kernel/index.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';

type EnvelopeKey = Pick<EventEnvelope, 'id' | 'subject' | 'organizationId'>;

/**
 * Returns the payload of a received envelope and opens it when it is sealed. A payload in plain text is accepted,
 * because a publisher of the previous version may have sent it.
 * @throws Error when a sealed payload cannot be opened
 */
export function openPayload(envelope: object, key: EnvelopeKey, sealer: DataSealer): unknown {
  const { sealed, payload } = envelope as { sealed?: unknown; payload?: unknown };
  if (typeof sealed !== 'string') return payload;
  return JSON.parse(sealer.open(key.organizationId, getSealingContext(key), sealed).toString('utf8'));
}
