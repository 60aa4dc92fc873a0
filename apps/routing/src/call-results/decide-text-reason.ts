import type { Instructions } from '#libs/contracts/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { TextReason } from '../customer-texts/customer-texts.module.js';
import type { ContactFact } from '../deliveries/deliveries.module.js';

/**
 * Decides whether the customer is texted now: because the call promised it, or because no call reached them and none is
 * planned.
 * @param after the delivery after the fact was recorded
 * @returns the reason, or `undefined` if no text is due
 */
export function decideTextReason(
  before: DeliveryDocument,
  after: DeliveryDocument,
  fact: ContactFact,
): TextReason | undefined {
  if (fact.kind === 'call_ended' && promisesText(fact.instructions)) return 'follow_up';
  const hasEnded = fact.kind === 'call_refused' || (fact.kind === 'call_ended' && fact.outcome !== 'dropped');
  const isNowReadyToAssign = after.state === 'ready_to_assign' && before.state !== 'ready_to_assign';
  return hasEnded && isNowReadyToAssign && !after.customerReached ? 'unreachable' : undefined;
}

/**
 * Whether the call promised a text: the customer wants to talk to a person, or wants another time without naming one.
 */
const promisesText = (instructions: Instructions | undefined): boolean =>
  instructions?.needsHuman?.value === true || instructions?.reschedule?.value.to === null;
