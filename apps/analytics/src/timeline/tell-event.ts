import type { EventEnvelope } from '#libs/contracts/index.js';
import { CALL_TELLINGS } from './tell-calls.js';
import { DELIVERY_TELLINGS } from './tell-deliveries.js';
import type { Line, Teller } from './line.js';

const DESCRIBERS: ReadonlyMap<string, Teller> = new Map<string, Teller>([...CALL_TELLINGS, ...DELIVERY_TELLINGS]);

/** Returns the line that an event adds to a timeline, if any. A pure function of the event. */
export function tellEvent(event: EventEnvelope): Line | undefined {
  return DESCRIBERS.get(event.subject)?.(event);
}

/** Subjects that add a line. A spec compares them with the subjects that analytics consumes by contract. */
export const TOLD_SUBJECTS: readonly string[] = [...DESCRIBERS.keys()];
