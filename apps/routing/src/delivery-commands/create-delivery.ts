import { Injectable } from '@nestjs/common';
import { DeliveryCreated, type DeliveryInput } from '#libs/contracts/index.js';
import { candidateZones } from '#libs/domain/calling-rules/index.js';
import { zoneOfPosition } from '#libs/domain/calling-rules/zone-of-position.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleNextStep } from '../call-planning/call-planning.module.js';
import { toCustomerSnapshot } from '../customers/customers.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';
import { checkWindow } from './check-window.js';
import { DeliveryRepository, toDeliveryEventFields, toTimeWindow, toWindow } from '../deliveries/deliveries.module.js';
import { FindDeliveryCustomer } from './find-delivery-customer.js';
import { PlanDelivery } from './plan-delivery.js';

const DEFAULT_PRIORITY = 50;

/** Creates a delivery and plans the call to its customer, in one transaction. */
@Injectable()
export class CreateDelivery {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly findCustomer: FindDeliveryCustomer,
    private readonly findProfile: FindOrganizationProfile,
    private readonly planDelivery: PlanDelivery,
    private readonly scheduleNextStep: ScheduleNextStep,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, input: DeliveryInput, tx: Transaction): Promise<DeliveryDocument> {
    const now = this.clock.now();
    checkWindow(input, now);
    const profile = await this.findProfile.execute(organizationId);
    const customer = await this.findCustomer.execute(organizationId, input, tx);
    const newDelivery = toNewDelivery(organizationId, input, customer, profile, now);
    const { position, phone, zone } = newDelivery.customer;
    const delivery = {
      ...newDelivery,
      candidateZones: candidateZones({ position, phone, declaredZone: zone }, zoneOfPosition),
    };

    const planned = await this.planDelivery.execute(delivery, customer, profile, now);
    const createdEvent = createAggregateEvent(
      DeliveryCreated,
      { ...toDeliveryEventFields(delivery), customerId: customer._id, window: toTimeWindow(delivery.window) },
      now,
    );
    const stored = await this.deliveries.create(tx, organizationId, planned.delivery, [createdEvent, planned.event]);
    await this.scheduleNextStep.execute(organizationId, stored, 'not_called', tx);
    return stored;
  }
}

function toNewDelivery(
  organizationId: string,
  input: DeliveryInput,
  customer: CustomerDocument,
  profile: OrganizationProfileDocument,
  now: Date,
): DeliveryDocument {
  const decideBy = new Date(input.decideBy ?? input.window.start);
  return {
    _id: createId('dlv'),
    organizationId,
    revision: 0,
    sequence: 0,
    reference: input.reference,
    customerId: customer._id,
    customer: toCustomerSnapshot(customer, { start: now, end: decideBy }, profile.zone),
    state: 'created',
    window: toWindow(input.window),
    decideBy,
    alternativeWindows: (input.alternativeWindows ?? []).map(toWindow),
    parcel: input.parcel ?? {},
    requires: input.requires ?? [],
    priority: input.priority ?? DEFAULT_PRIORITY,
    attempts: 0,
    unrungAttempts: 0,
    candidateZones: [],
    customerReached: false,
    createdAt: now,
    updatedAt: now,
  };
}
