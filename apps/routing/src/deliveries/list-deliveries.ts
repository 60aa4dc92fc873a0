import { Injectable } from '@nestjs/common';
import type { DeliveryPage, ListDeliveriesRequest } from '#libs/contracts/index.js';
import { decodeCursor, pageOf, type OrganizationId } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { toDelivery } from './delivery.mapper.js';
import { DeliveryRepository, type WantedDeliveries, type WindowPlace } from './delivery.repository.js';

const ID_CURSOR = /^dlv_[0-9a-f]{24}$/;
const WINDOW_CURSOR = /^\d{1,15}\.dlv_[0-9a-f]{24}$/;

/**
 * A page of deliveries: newest first, or by the start of their window where windows are asked for. Stable under inserts
 * because it starts after a delivery's place in the order, not at an offset.
 */
@Injectable()
export class ListDeliveries {
  constructor(private readonly deliveries: DeliveryRepository) {}

  async execute(
    organizationId: OrganizationId,
    { limit, cursor, windowFrom, windowTo, ...wanted }: ListDeliveriesRequest,
  ): Promise<DeliveryPage> {
    const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const filter: WantedDeliveries = Object.fromEntries(given);
    if (windowFrom === undefined && windowTo === undefined) {
      const before = decodeCursor(cursor, ID_CURSOR);
      const found = await this.deliveries.page(organizationId, filter, { limit: limit + 1, before });
      return pageOf(found, limit, ({ _id }) => _id, toDelivery);
    }
    const found = await this.deliveries.pageByWindow(organizationId, filter, {
      limit: limit + 1,
      after: placeOf(decodeCursor(cursor, WINDOW_CURSOR)),
      ...(windowFrom === undefined ? {} : { from: new Date(windowFrom) }),
      ...(windowTo === undefined ? {} : { to: new Date(windowTo) }),
    });
    return pageOf(found, limit, keyOf, toDelivery);
  }
}

const keyOf = ({ window, _id }: DeliveryDocument): string => `${window.start.getTime()}.${_id}`;

function placeOf(key: string | undefined): WindowPlace | undefined {
  if (key === undefined) return undefined;
  const [start, id = ''] = key.split('.', 2);
  return { start: new Date(Number(start)), id };
}
