import { sealedContext, type EventEnvelope } from '#libs/contracts/kernel/index.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';

type Facts = Pick<EventEnvelope, 'id' | 'subject' | 'organizationId'>;

/**
 * The payload of an event as it travelled, opened where it is sealed. One that came in the clear is taken as it is: its
 * teller may be of the version before.
 * @throws Error when it does not open
 */
export function payloadOf(travelled: object, facts: Facts, sealer: DataSealer): unknown {
  const { sealed, payload } = travelled as { sealed?: unknown; payload?: unknown };
  if (typeof sealed !== 'string') return payload;
  return JSON.parse(sealer.open(facts.organizationId, sealedContext(facts), sealed).toString('utf8'));
}
