import { Inject, Injectable } from '@nestjs/common';
import type { CallRefusedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { CustomerRepository } from '../customers/customer.repository.js';
import { attemptIdOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { FindOrganizationProfile } from '../organizations/find-organization-profile.js';
import { ContinueWithoutCall } from './continue-without-call.js';
import { DecideNextCall } from './decide-next-call.js';

/** Telephony found at the moment of dialling that it may not: nobody was rung. */
@Injectable()
export class ApplyCallRefusal {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(CustomerRepository) private readonly customers: CustomerRepository,
    @Inject(FindOrganizationProfile) private readonly findProfile: FindOrganizationProfile,
    @Inject(DecideNextCall) private readonly decideNextCall: DecideNextCall,
    @Inject(ContinueWithoutCall) private readonly continueWithoutCall: ContinueWithoutCall,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, refusal: CallRefusedPayload, tx: Transaction): Promise<void> {
    const found = await this.deliveries.load(organizationId, refusal.deliveryId, tx);
    if (attemptIdOf(found) !== refusal.attemptId || found.openAttemptId === undefined) return;
    const { openAttemptId: _over, ...closed } = found;
    const delivery = { ...closed, unrungAttempts: found.unrungAttempts + 1 };
    if (delivery.state !== 'calling') {
      await this.deliveries.save(tx, organizationId, delivery);
      return;
    }
    const now = this.clock.now();
    const customer = await this.customers.load(organizationId, delivery.customerId, tx);
    const profile = await this.findProfile.execute(organizationId);
    const next = refusal.nextAllowedAt
      ? await this.decideNextCall.execute({
          delivery,
          customer,
          profile,
          now,
          notBefore: new Date(refusal.nextAllowedAt),
        })
      : { kind: 'withheld' as const, rule: refusal.rule, detail: refusal.detail };
    await this.continueWithoutCall.execute(organizationId, delivery, next, now, tx);
  }
}
