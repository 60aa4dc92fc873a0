import { Inject, Injectable } from '@nestjs/common';
import { CodedError, RPC_ERROR_CODES, type DeliveryPage, type ListDeliveriesRequest } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { toDelivery } from './delivery.mapper.js';
import { DeliveryRepository } from './delivery.repository.js';

/** A page of deliveries, newest first; stable under inserts because it starts after an id, not at an offset. */
@Injectable()
export class ListDeliveries {
  constructor(@Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository) {}

  async execute(
    organizationId: OrganizationId,
    { limit, cursor, state }: ListDeliveriesRequest,
  ): Promise<DeliveryPage> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor);
    const found = await this.deliveries.page(organizationId, { limit: limit + 1, before, state });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const more = found.length > limit && last;
    return { items: items.map(toDelivery), ...(more ? { nextCursor: encodeCursor(last._id) } : {}) };
  }
}

const encodeCursor = (id: string): string => Buffer.from(id).toString('base64url');

function decodeCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (/^dlv_[0-9a-f]{24}$/.test(id)) return id;
  const message = 'cursor must be the nextCursor of a page before';
  throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'cursor', message }] });
}
