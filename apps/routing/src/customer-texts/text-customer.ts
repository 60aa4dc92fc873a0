import { Injectable } from '@nestjs/common';
import { CustomerTextRequested } from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { CustomerRepository } from '../customers/customers.module.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { forbidsContact, toCustomerContact } from '../calling-policy/calling-policy.module.js';
import type { TextCustomerWork } from './schedule-text.js';

/** States in which a reply to the text can still change the delivery. A promised follow-up is sent in any state. */
const STATES_CHANGEABLE_BY_REPLY: ReadonlySet<DeliveryDocument['state']> = new Set([
  'ready_to_assign',
  'assigned',
  'acknowledged',
  'unassignable',
  'out_for_delivery',
]);

/**
 * Texts a customer whom no call reached, who was not called, or who was promised a text. Sends at most one text until
 * `RescheduleDelivery` sets a new window and clears `textedAt`.
 */
@Injectable()
export class TextCustomer {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly customers: CustomerRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { deliveryId, reason }: TextCustomerWork,
    tx: Transaction,
  ): Promise<void> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    const now = this.clock.now();
    if (delivery.textedAt || delivery.decideBy <= now) return;
    if (reason !== 'follow_up' && (delivery.customerReached || !STATES_CHANGEABLE_BY_REPLY.has(delivery.state))) return;
    const { doNotCall } = await this.customers.load(organizationId, delivery.customerId, tx);
    const profile = await this.findProfile.execute(organizationId);
    if (doNotCall || profile.smsFallback === false) return;
    if (reason !== 'follow_up' && forbidsContact(delivery, profile)) return;
    // Every save increments the revision, so the text that follows a rescheduling has another id.
    const textId = `txt_${deliveryId}.${delivery.revision}`;
    const event = createAggregateEvent(
      CustomerTextRequested,
      { ...toCustomerContact(delivery, profile), textId, reason },
      now,
    );
    await this.deliveries.save(tx, organizationId, { ...delivery, textedAt: now, updatedAt: now }, [event]);
  }
}
