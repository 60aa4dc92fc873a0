import { getSealingContext, type EventEnvelope } from '#libs/contracts/kernel/index.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';

type Facts = Pick<EventEnvelope, 'id' | 'subject' | 'organizationId'>;

/**
 * Returns the payload of an envelope from the wire and opens it when it is sealed. A payload in plain text is accepted
 * as it is, because a publisher of the previous version may have sent it.
 * @throws Error when a sealed payload cannot be opened
 */
export function openPayload(envelope: object, facts: Facts, sealer: DataSealer): unknown {
  const { sealed, payload } = envelope as { sealed?: unknown; payload?: unknown };
  if (typeof sealed !== 'string') return payload;
  return JSON.parse(sealer.open(facts.organizationId, getSealingContext(facts), sealed).toString('utf8'));
}
