import { Injectable } from '@nestjs/common';
import {
  CodedError,
  CustomerErased,
  ERASURE_APPS,
  MAX_ERASED_DELIVERIES,
  type EraseCustomerRequest,
} from '#libs/contracts/index.js';
import { createAggregateEvent, createId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CustomerErasureDocument } from '#libs/persistence/schemas/routing/customer-erasures.js';
import { Clock } from '#libs/clock/clock.js';
import { ContactModels, ContactTryRepository } from '../call-timing/call-timing.module.js';
import { ConsentRecordRepository, CustomerRepository } from '../customers/customers.module.js';
import { DeliveryRepository } from '../deliveries/deliveries.module.js';
import { CustomerErasureRepository } from './customer-erasure.repository.js';

/**
 * Erases a customer's personal data. Refused while deliveries to them are open, as those need a recipient. This
 * transaction erases routing's part; the other apps erase theirs on the event, and the receipt collects their reports.
 */
@Injectable()
export class EraseCustomer {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly consents: ConsentRecordRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly contactAttempts: ContactTryRepository,
    private readonly contactModels: ContactModels,
    private readonly erasures: CustomerErasureRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `deliveries_open` */
  async execute(
    organizationId: OrganizationId,
    { customerId, expectedRevision }: EraseCustomerRequest,
    tx: Transaction,
  ): Promise<CustomerErasureDocument> {
    const customer = await this.customers.loadAt(organizationId, customerId, expectedRevision, tx);
    const now = this.clock.now();
    const open = await this.deliveries.countOpen(organizationId, customerId, tx);
    if (open > 0) {
      throw new CodedError('deliveries_open', `${open} deliveries to this customer are open: cancel them first.`);
    }
    const deliveryIds = await this.deliveries.findIdsByCustomer(organizationId, customerId, tx);
    if (deliveryIds.length > MAX_ERASED_DELIVERIES) {
      throw new Error(`Customer ${customerId} has more than ${MAX_ERASED_DELIVERIES} deliveries to be erased at once.`);
    }
    const erasureId = createId('ers');
    await this.deliveries.eraseCustomer(organizationId, customerId, now, tx);
    await this.consents.eraseCustomer(organizationId, customerId, tx);
    await this.contactAttempts.detachCustomer(organizationId, customerId, tx);
    this.contactModels.evict(organizationId);
    const erasedEvent = createAggregateEvent(CustomerErased, { erasureId, customerId, deliveryIds }, now);
    await this.customers.erase(organizationId, customer, erasedEvent, tx);
    const parts = ERASURE_APPS.map((app) => (app === 'routing' ? { app, doneAt: now } : { app }));
    return this.erasures.create(tx, organizationId, { _id: erasureId, customerId, requestedAt: now, parts });
  }
}
