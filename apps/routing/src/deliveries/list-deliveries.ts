import { Injectable } from '@nestjs/common';
import type { DeliveryPage, ListDeliveriesRequest } from '#libs/contracts/index.js';
import { decodeCursor, toPage, type OrganizationId } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { toDelivery } from './delivery.mapper.js';
import { DeliveryRepository, type DeliveryCriteria, type WindowCursor } from './delivery.repository.js';

const ID_CURSOR = /^dlv_[0-9a-f]{24}$/;
const WINDOW_CURSOR = /^\d{1,15}\.dlv_[0-9a-f]{24}$/;

/**
 * Lists one page of deliveries: newest first, or by the start of their window if the request filters by window. Keyset
 * pagination keeps pages stable under inserts.
 */
@Injectable()
export class ListDeliveries {
  constructor(private readonly deliveries: DeliveryRepository) {}

  async execute(
    organizationId: OrganizationId,
    { limit, cursor, windowFrom, windowTo, confirmation, ...criteria }: ListDeliveriesRequest,
  ): Promise<DeliveryPage> {
    const defined = Object.entries({ ...criteria, 'confirmation.state': confirmation }).filter(
      ([, value]) => value !== undefined,
    );
    const filter: DeliveryCriteria = Object.fromEntries(defined);
    if (windowFrom === undefined && windowTo === undefined) {
      const before = decodeCursor(cursor, ID_CURSOR);
      const found = await this.deliveries.findPage(organizationId, filter, { limit: limit + 1, before });
      return toPage(found, limit, ({ _id }) => _id, toDelivery);
    }
    const found = await this.deliveries.findPageByWindow(organizationId, filter, {
      limit: limit + 1,
      after: parseWindowCursor(decodeCursor(cursor, WINDOW_CURSOR)),
      ...(windowFrom === undefined ? {} : { from: new Date(windowFrom) }),
      ...(windowTo === undefined ? {} : { to: new Date(windowTo) }),
    });
    return toPage(found, limit, toWindowCursor, toDelivery);
  }
}

const toWindowCursor = ({ window, _id }: DeliveryDocument): string => `${window.start.getTime()}.${_id}`;

function parseWindowCursor(key: string | undefined): WindowCursor | undefined {
  if (key === undefined) return undefined;
  const [start, id = ''] = key.split('.', 2);
  return { start: new Date(Number(start)), id };
}
