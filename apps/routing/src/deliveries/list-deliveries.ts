import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryPage, ListDeliveriesRequest } from '#libs/contracts/index.js';
import { decodeCursor, pageOf, type OrganizationId } from '#libs/persistence/index.js';
import { toDelivery } from './delivery.mapper.js';
import { DeliveryRepository } from './delivery.repository.js';

const CURSOR = /^dlv_[0-9a-f]{24}$/;

/** A page of deliveries, newest first; stable under inserts because it starts after an id, not at an offset. */
@Injectable()
export class ListDeliveries {
  constructor(@Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository) {}

  async execute(
    organizationId: OrganizationId,
    { limit, cursor, state }: ListDeliveriesRequest,
  ): Promise<DeliveryPage> {
    const before = decodeCursor(cursor, CURSOR);
    const found = await this.deliveries.page(organizationId, { limit: limit + 1, before, state });
    return pageOf(found, limit, ({ _id }) => _id, toDelivery);
  }
}
