import type { EventEnvelope } from '#libs/contracts/index.js';
import { CALL_TELLINGS } from './tell-calls.js';
import { DELIVERY_TELLINGS } from './tell-deliveries.js';
import type { Line, Teller } from './line.js';

const TELLINGS: ReadonlyMap<string, Teller> = new Map<string, Teller>([...CALL_TELLINGS, ...DELIVERY_TELLINGS]);

/** What an event adds to a delivery's story, if anything. Depends on the event alone. */
export function tellEvent(event: EventEnvelope): Line | undefined {
  return TELLINGS.get(event.subject)?.(event);
}

/** The subjects that are told; a spec holds them against what analytics is said to consume. */
export const TOLD_SUBJECTS: readonly string[] = [...TELLINGS.keys()];
