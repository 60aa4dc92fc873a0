import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { CodedError, RPC_ERROR_CODES, type WebhookState } from '#libs/contracts/index.js';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { WebhookDeliveryDocument } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';

export const WEBHOOK_DELIVERY_MODEL = 'WebhookDelivery';

/** The queue of webhooks to one endpoint about one delivery. Only the head is sent; the others wait. */
export type Lane = Pick<WebhookDeliveryDocument, 'endpointId' | 'orderKey'>;

export type FinalWebhookState = Extract<WebhookState, 'delivered' | 'exhausted' | 'endpoint_gone'>;

/** The HTTP status of the response, or the reason why no response arrived. */
export interface TryResult {
  readonly status?: number;
  readonly error?: string;
}

/** Stores webhooks with their state and the results of their tries, one queue for each lane. */
@Injectable()
export class WebhookDeliveryRepository extends TenantRepository<WebhookDeliveryDocument> {
  constructor(@InjectModel(WEBHOOK_DELIVERY_MODEL) model: Model<WebhookDeliveryDocument>) {
    super(model);
  }

  /**
   * Increments the number of webhooks queued behind the lane's head. As queueing writes the head's document, it
   * conflicts with a concurrent settling, so that no webhook is queued behind a head that is already settled.
   * @returns whether the lane has a head
   */
  async queueBehindHead(organizationId: OrganizationId, lane: Lane, tx: Transaction): Promise<boolean> {
    const filter = { endpointId: lane.endpointId, orderKey: lane.orderKey, state: 'pending' as const };
    return (await this.updateOne(organizationId, filter, { $inc: { followers: 1 } }, tx)) !== null;
  }

  /**
   * Increments `tries` when a try starts.
   * @returns the delivery, or `null` if it is no longer at the head of its lane
   */
  beginTry(organizationId: OrganizationId, id: string, tx: Transaction): Promise<WebhookDeliveryDocument | null> {
    return this.updateOne(
      organizationId,
      { _id: id, state: 'pending' },
      { $inc: { tries: 1 }, $unset: { nextTryAt: 1 } },
      tx,
    );
  }

  async scheduleRetry(
    organizationId: OrganizationId,
    id: string,
    at: Date,
    result: TryResult,
    tx: Transaction,
  ): Promise<void> {
    const update = { $set: { nextTryAt: at, ...toResultFields(result) } };
    await this.updateOne(organizationId, { _id: id, state: 'pending' }, update, tx);
  }

  /** @returns the settled delivery, or `null` if it was settled before */
  settle(
    organizationId: OrganizationId,
    id: string,
    settled: { readonly state: FinalWebhookState; readonly at: Date; readonly result: TryResult },
    tx: Transaction,
  ): Promise<WebhookDeliveryDocument | null> {
    const update = {
      $set: { state: settled.state, settledAt: settled.at, ...toResultFields(settled.result) },
      $unset: { nextTryAt: 1 as const },
    };
    return this.updateOne(organizationId, { _id: id, state: 'pending' }, update, tx);
  }

  /** Lists an endpoint's webhooks before a log id, newest first. */
  listBefore(
    organizationId: OrganizationId,
    endpointId: string,
    before: string | undefined,
    limit: number,
  ): Promise<WebhookDeliveryDocument[]> {
    const filter = { endpointId, ...(before === undefined ? {} : { logId: trusted({ $lt: before }) }) };
    return this.find(organizationId, filter, { sort: { logId: -1 }, limit });
  }

  async forgetDeliveries(
    organizationId: OrganizationId,
    deliveryIds: readonly string[],
    tx: Transaction,
  ): Promise<void> {
    await this.deleteMany(organizationId, { deliveryId: trusted({ $in: [...deliveryIds] }) }, tx);
  }

  /** Reopens a settled webhook for a replay. */
  async reopen(
    organizationId: OrganizationId,
    { _id, state }: WebhookDeliveryDocument,
    newState: 'queued' | 'pending',
    tx: Transaction,
  ): Promise<WebhookDeliveryDocument> {
    const update = {
      $set: { state: newState, tries: 0, followers: 0 },
      $inc: { replays: 1 },
      $unset: { settledAt: 1, lastStatus: 1, lastError: 1, nextTryAt: 1 } as const,
    };
    const reopened = await this.updateOne(organizationId, { _id, state }, update, tx);
    if (!reopened)
      throw new CodedError(RPC_ERROR_CODES.conflict, `Webhook ${_id} was changed concurrently. Load it again.`);
    return reopened;
  }

  /**
   * Moves the lane's first queued webhook to its head.
   * @returns the webhook, or `null` if none is queued
   */
  async promoteNext(
    organizationId: OrganizationId,
    lane: Lane,
    tx: Transaction,
  ): Promise<WebhookDeliveryDocument | null> {
    const filter = { endpointId: lane.endpointId, orderKey: lane.orderKey, state: 'queued' as const };
    const [next] = await this.find(organizationId, filter, { sort: { sequence: 1 }, limit: 1, tx });
    if (!next) return null;
    return this.updateOne(organizationId, { _id: next._id }, { $set: { state: 'pending' } }, tx);
  }
}

function toResultFields({ status, error }: TryResult): { lastStatus?: number; lastError?: string } {
  return {
    ...(status === undefined ? {} : { lastStatus: status }),
    ...(error === undefined ? {} : { lastError: error }),
  };
}
