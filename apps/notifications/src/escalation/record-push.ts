import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { DeviceRepository } from '../devices/devices.module.js';
import { InboxMessageRepository } from '../messages/messages.module.js';
import type { StartedPush } from './begin-push.js';
import { planPushRetry } from './escalation.js';
import { toNotificationId, NotificationRepository } from './notification.repository.js';

/** The result of the push to one device. */
export type PushResult =
  | { readonly deviceId: string; readonly kind: 'sent' | 'gone' }
  | {
      readonly deviceId: string;
      readonly kind: 'failed';
      readonly code: string;
      /** Whether the failure is transient, so that the push is retried. */
      readonly isTransient: boolean;
      readonly retryAfterMs: number;
    };

/**
 * Records the results of a push. Deletes expired subscriptions, and retries transient failures until the SMS is due.
 */
@Injectable()
export class RecordPush {
  private readonly logger = new Logger(RecordPush.name);

  constructor(
    private readonly notifications: NotificationRepository,
    private readonly devices: DeviceRepository,
    private readonly messages: InboxMessageRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns when to retry the transient failures; `undefined` if there are none or no time is left before the SMS */
  async execute(
    organizationId: OrganizationId,
    { message, tries }: StartedPush,
    results: readonly PushResult[],
    smsAt: Date,
    tx: Transaction,
  ): Promise<Date | undefined> {
    const { _id: messageId, agentId, deliveryId } = message;
    const now = this.clock.now();
    const planRetry = (result: PushResult): Date | undefined =>
      result.kind === 'failed' && result.isTransient
        ? planPushRetry(now, tries, smsAt, result.retryAfterMs)
        : undefined;
    // All devices are retried together, so the push service that asked for the longest wait decides.
    const retryAt = findLatest(results.flatMap((result) => planRetry(result) ?? []));
    for (const result of results) {
      const { deviceId } = result;
      const id = toNotificationId({ messageId, agentId, deliveryId, channel: 'push', deviceId });
      const isRetried = planRetry(result) !== undefined;
      const detail = result.kind === 'failed' ? result.code : undefined;
      await this.notifications.record(organizationId, id, isRetried ? 'sending' : result.kind, now, detail, tx);
      if (result.kind === 'gone') await this.devices.remove(organizationId, deviceId, tx);
    }
    const sentCount = results.filter(({ kind }) => kind === 'sent').length;
    if (sentCount > 0) await this.messages.recordLastChannel(organizationId, messageId, 'push', tx);
    tx.afterCommit(() =>
      this.logger.log({ messageId, deliveryId, agentId, sent: sentCount, of: results.length }, 'Push sent'),
    );
    return retryAt;
  }
}

const findLatest = (instants: readonly Date[]): Date | undefined =>
  instants.length === 0 ? undefined : new Date(Math.max(...instants.map(Number)));
