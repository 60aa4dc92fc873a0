import { Inject, Injectable } from '@nestjs/common';
import { DeliveryRefused, DeliveryRescheduled, isCertain, type Instructions } from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { withdrawal } from '../assignment/withdraw-agent.js';
import { OptOutCustomer } from '../customers/opt-out-customer.js';
import { advance, factOf, isOver } from '../deliveries/delivery-process.js';
import { toWindow } from '../deliveries/delivery.mapper.js';
import { customerDecisions } from './customer-decisions.js';
import { mergeInstructions } from './merge-instructions.js';

/** Puts what was found in the customer's words or keys on the delivery, with whatever it decides. Saves nothing. */
@Injectable()
export class ApplyFindings {
  constructor(@Inject(OptOutCustomer) private readonly optOutCustomer: OptOutCustomer) {}

  async execute(
    organizationId: OrganizationId,
    before: DeliveryDocument,
    found: Instructions,
    now: Date,
    tx: Transaction,
  ): Promise<{ delivery: DeliveryDocument; events: AggregateEvent[] }> {
    const instructions = mergeInstructions(before.instructions, found);
    const delivery = { ...before, instructions, updatedAt: now };
    const decisions = customerDecisions(instructions);
    if (decisions.optOut) await this.optOutCustomer.execute(organizationId, before.customerId, before._id, tx);
    if (isOver(delivery)) return correctWindow(before, delivery, now);
    if (decisions.refused) {
      const refused = advance(delivery, { kind: 'refused' }, now);
      const transcript = delivery.transcript === undefined ? {} : { transcript: delivery.transcript };
      if (refused)
        return {
          delivery: refused,
          events: [
            aggregateEvent(DeliveryRefused, { ...factOf(delivery), ...transcript }, now),
            ...withdrawal(delivery, 'refused', now),
          ],
        };
    }
    if (decisions.reschedule) {
      const rescheduled = advance(delivery, { kind: 'reschedule_agreed' }, now);
      const { window } = decisions.reschedule;
      const event = aggregateEvent(DeliveryRescheduled, { ...factOf(delivery), ...(window ? { window } : {}) }, now);
      if (rescheduled)
        return {
          delivery: { ...rescheduled, ...(window ? { window: toWindow(window) } : {}) },
          events: [event, ...withdrawal(delivery, 'rescheduled', now)],
        };
    }
    return { delivery, events: [] };
  }
}

/**
 * Apps tell of one call in no order: what was understood of the words may have moved the delivery before the slot that
 * was keyed is heard of. A key is never contradicted, so the slot counts, and everybody is told again. The same where a
 * person says that another window was meant.
 */
function correctWindow(
  before: DeliveryDocument,
  delivery: DeliveryDocument,
  now: Date,
): { delivery: DeliveryDocument; events: AggregateEvent[] } {
  const [known, said] = [before.instructions?.reschedule, delivery.instructions?.reschedule];
  const isNews =
    JSON.stringify(said?.value) !== JSON.stringify(known?.value) ||
    known?.source === 'analysis' ||
    known?.source === 'speech';
  const keyed = said && isCertain(said.source) && isNews ? said.value.to : null;
  if (delivery.state !== 'rescheduled' || !keyed) return { delivery, events: [] };
  const event = aggregateEvent(DeliveryRescheduled, { ...factOf(delivery), window: keyed }, now);
  return { delivery: { ...delivery, window: toWindow(keyed) }, events: [event] };
}
