import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { NotificationDocument, NotificationState } from '#libs/persistence/schemas/notifications/notifications.js';

export const NOTIFICATION_MODEL = 'Notification';

/** The channel and device that a message is about to be sent to. */
export interface NotificationIntent extends Pick<
  NotificationDocument,
  'messageId' | 'agentId' | 'deliveryId' | 'channel'
> {
  readonly deviceId?: string;
}

/** Derives the id of one message on one channel to one device. A retry has the same id. */
export function toNotificationId({ messageId, channel, deviceId }: NotificationIntent): string {
  return deviceId === undefined ? `${messageId}.${channel}` : `${messageId}.${deviceId}`;
}

/** Stores each push and SMS of a message, so that none is sent again after its result is recorded. */
@Injectable()
export class NotificationRepository extends TenantRepository<NotificationDocument> {
  constructor(@InjectModel(NOTIFICATION_MODEL) model: Model<NotificationDocument>) {
    super(model);
  }

  /**
   * Stores the notification before it is sent, or increments `tries` of a stored one.
   * @returns `null` if the stored notification is no longer `sending`, so that it must not be sent again
   */
  async begin(
    organizationId: OrganizationId,
    intent: NotificationIntent,
    state: 'sending' | 'requested' | 'skipped',
    now: Date,
    tx: Transaction,
  ): Promise<NotificationDocument | null> {
    const _id = toNotificationId(intent);
    const stored = await this.findById(organizationId, _id, tx);
    if (stored && stored.state !== 'sending') return null;
    return this.upsertOne(
      organizationId,
      { _id },
      { $set: { state, updatedAt: now }, $inc: { tries: 1 }, $setOnInsert: { ...intent, requestedAt: now } },
      tx,
    );
  }

  /**
   * Records the result of sending. Ignores it if the notification is already `delivered` or `failed`.
   * @param detail why it failed or was skipped
   */
  async record(
    organizationId: OrganizationId,
    id: string,
    state: NotificationState,
    at: Date,
    detail: string | undefined,
    tx: Transaction,
  ): Promise<void> {
    const update = { $set: { state, updatedAt: at, ...(detail === undefined ? {} : { detail }) } };
    await this.updateOne(organizationId, { _id: id, state: trusted({ $nin: ['delivered', 'failed'] }) }, update, tx);
  }
}
