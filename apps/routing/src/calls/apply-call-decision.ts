import { Inject, Injectable } from '@nestjs/common';
import type { CallDecisionPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { ApplyFindings } from '../understanding/apply-findings.js';

/** What the customer decides during the call counts at once, before the call is over. */
@Injectable()
export class ApplyCallDecision {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(ApplyFindings) private readonly applyFindings: ApplyFindings,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, decision: CallDecisionPayload, tx: Transaction): Promise<void> {
    const before = await this.deliveries.load(organizationId, decision.deliveryId, tx);
    const { delivery, events } = await this.applyFindings.execute(
      organizationId,
      before,
      decision.instructions,
      this.clock.now(),
      tx,
    );
    await this.deliveries.save(tx, organizationId, delivery, events);
  }
}
