import type { EventEnvelope } from '#libs/contracts/index.js';
import { CALL_DESCRIBERS } from './describe-calls.js';
import { DELIVERY_DESCRIBERS } from './describe-deliveries.js';
import type { TimelineLine, EventDescriber } from './line.js';

const DESCRIBERS: ReadonlyMap<string, EventDescriber> = new Map<string, EventDescriber>([
  ...CALL_DESCRIBERS,
  ...DELIVERY_DESCRIBERS,
]);

/** Returns the line that an event adds to a timeline, if any. A pure function of the event. */
export function describeEvent(event: EventEnvelope): TimelineLine | undefined {
  return DESCRIBERS.get(event.subject)?.(event);
}

/** Subjects that add a line. A spec compares them with the subjects that analytics consumes by contract. */
export const DESCRIBED_SUBJECTS: readonly string[] = [...DESCRIBERS.keys()];
