import { apiDelivery, type DeliveryEvidence } from '../evidence/evidence.js';
import { effectiveFacts, type GivenFact } from '../personas/fact.js';
import { toViolation, formatClock, type Rule, type Violation } from './violation.js';

/** Every accepted delivery exists once and reaches the state that its customer's instructions imply. */
export const deliveriesRule: Rule = {
  number: 2,
  title: 'deliveries: each exists once and reaches its end',
  judge: ({ deliveries }) => deliveries.flatMap(judgeOne),
};

function judgeOne(delivery: DeliveryEvidence): Violation[] {
  const { plan, listed, postedAt, deliveryId, refusal = 'nothing' } = delivery;
  if (deliveryId === undefined) {
    const seen = listed.length === 0 ? 'the API lists none' : `the API lists ${listed.length}`;
    return [
      toViolation(
        delivery,
        'lost',
        `${plan.reference} was posted and repeated, but never answered with 2xx (last: ${refusal}); ${seen}.`,
      ),
    ];
  }
  if (listed.length === 0)
    return [
      toViolation(
        delivery,
        'lost',
        `${plan.reference} was accepted at ${formatClock(postedAt)}, and the API lists none.`,
      ),
    ];
  if (listed.length > 1) {
    const ids = listed.map((one) => one.deliveryId).join(', ');
    return [
      toViolation(delivery, 'doubled', `${plan.reference} was posted with one Idempotency-Key, and became ${ids}.`),
    ];
  }
  const found = apiDelivery(delivery);
  const expected = expectedStates(delivery);
  if (found === undefined || expected.includes(found.state)) return [];
  const why = found.unassignableReason === undefined ? '' : ` (${found.unassignableReason})`;
  const contact = found.contactOutcome ?? 'no contact';
  return [
    toViolation(
      delivery,
      'lost',
      `It must end ${expected.join(' or ')}, and is ${found.state}${why} after ${found.attempts} attempts with ${contact}; posted at ${formatClock(postedAt)}.`,
    ),
  ];
}

/**
 * A refusal or a reschedule decides; otherwise the delivery must be acknowledged by its agent. The state of an
 * uncertain fact is accepted as well.
 */
export function expectedStates({ given, uncertain }: Pick<DeliveryEvidence, 'given' | 'uncertain'>): string[] {
  const certain = toImpliedState(effectiveFacts(given)) ?? 'acknowledged';
  const possible = toImpliedState(uncertain);
  return possible === undefined || possible === certain ? [certain] : [certain, possible];
}

function toImpliedState(facts: readonly GivenFact[]): string | undefined {
  const hasFact = (field: string): boolean => facts.some((fact) => fact.field === field && fact.value !== false);
  if (hasFact('refused')) return 'refused';
  return hasFact('reschedule') ? 'rescheduled' : undefined;
}
