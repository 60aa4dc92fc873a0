import { Injectable } from '@nestjs/common';
import { getCallingDayStart, mayDial, type DialDecision } from '#libs/domain/calling-rules/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { RoutingConfig } from '../config/config.module.js';
import { toCallStatus, toCallingRules } from './calling-policy.js';

/** A delivery's customer with all data that the calling rules depend on. */
export interface Callee {
  readonly delivery: DeliveryDocument;
  readonly customer: CustomerDocument;
  readonly profile: OrganizationProfileDocument;
}

/** Decides whether a customer may be called now, or which rule forbids it. */
@Injectable()
export class JudgeCall {
  constructor(private readonly config: RoutingConfig) {}

  execute({ delivery, customer, profile }: Callee, now: Date): DialDecision {
    return mayDial({
      now,
      zones: delivery.candidateZones,
      rules: toCallingRules(profile),
      status: toCallStatus(delivery, customer, getCallingDayStart(now, delivery.candidateZones)),
      queueMarginSeconds: this.config.DIAL_QUEUE_SECONDS,
      ringSeconds: this.config.RING_SECONDS,
    });
  }
}
