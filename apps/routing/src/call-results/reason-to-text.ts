import type { Instructions } from '#libs/contracts/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { TextReason } from '../customer-texts/customer-texts.module.js';
import type { ContactFact } from '../deliveries/deliveries.module.js';

/**
 * Why the customer is written to now, if they are: a call promised it, or no further call is planned and none reached them.
 * @param after the delivery with the fact
 */
export function reasonToText(
  before: DeliveryDocument,
  after: DeliveryDocument,
  fact: ContactFact,
): TextReason | undefined {
  if (fact.kind === 'call_ended' && leavesOpen(fact.instructions)) return 'follow_up';
  const hasEnded = fact.kind === 'call_refused' || (fact.kind === 'call_ended' && fact.outcome !== 'dropped');
  const isGivenUp = after.state === 'ready_to_assign' && before.state !== 'ready_to_assign';
  return hasEnded && isGivenUp && !after.customerReached ? 'unreachable' : undefined;
}

/** The call ended with the promise of a text: a person is wanted, or another time without saying which. */
const leavesOpen = (instructions: Instructions | undefined): boolean =>
  instructions?.needsHuman?.value === true || instructions?.reschedule?.value.to === null;
