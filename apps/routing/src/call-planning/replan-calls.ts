import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { candidateZones } from '#libs/domain/calling-rules/index.js';
import { zoneOfPosition } from '#libs/domain/calling-rules/zone-of-position.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { toCustomerSnapshot } from '../customers/customers.module.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { ContinueWithoutCall } from './continue-without-call.js';
import { DecideNextCall } from './decide-next-call.js';
import type { NextCall } from './next-call.js';

/**
 * Replans the calls of a customer whose number, consent, preferences or opt-out changed. A call that was already
 * requested is left to telephony, which checks again when it dials.
 */
@Injectable()
export class ReplanCalls {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly decideNextCall: DecideNextCall,
    private readonly continueWithoutCall: ContinueWithoutCall,
    private readonly clock: Clock,
  ) {}

  /** @param exceptDeliveryId a delivery to skip, as the caller is about to save it */
  async execute(
    organizationId: OrganizationId,
    customer: CustomerDocument,
    tx: Transaction,
    exceptDeliveryId?: string,
  ): Promise<void> {
    const open = await this.deliveries.findCallable(organizationId, customer._id, tx);
    if (open.length === 0) return;
    const now = this.clock.now();
    const profile = await this.findProfile.execute(organizationId);
    for (const before of open.filter(({ _id }) => _id !== exceptDeliveryId)) {
      const delivery = this.withCurrentCustomer(before, customer, now, profile.zone);
      if (delivery.state === 'calling') {
        if (!isDeepStrictEqual(delivery, before)) await this.deliveries.save(tx, organizationId, delivery);
        continue;
      }
      // The delay after an unanswered attempt still applies.
      const notBefore = before.attempts > 0 && before.plannedCallAt ? before.plannedCallAt : now;
      const next = await this.decideNextCall.execute({ delivery, customer, profile, now, notBefore });
      if (isUnchanged(before, next) && isDeepStrictEqual(delivery, before)) continue;
      await this.continueWithoutCall.execute(organizationId, delivery, next, now, tx);
    }
  }

  /** Replaces the delivery's customer snapshot, except for position and address, which stay as posted. */
  private withCurrentCustomer(
    delivery: DeliveryDocument,
    customer: CustomerDocument,
    now: Date,
    zone: string,
  ): DeliveryDocument {
    const { position, address } = delivery.customer;
    const { address: _address, ...current } = toCustomerSnapshot(
      customer,
      { start: now, end: delivery.decideBy },
      zone,
    );
    const snapshot = { ...current, position, ...(address === undefined ? {} : { address }) };
    const origin = { position, phone: customer.phone, declaredZone: customer.zone };
    return { ...delivery, customer: snapshot, candidateZones: candidateZones(origin, zoneOfPosition) };
  }
}

function isUnchanged({ plannedCallAt }: DeliveryDocument, next: NextCall): boolean {
  if (next.kind !== 'planned' || plannedCallAt === undefined) return false;
  // Sampling again would move the call without a reason.
  return next.at <= plannedCallAt || next.propensity !== undefined;
}
