import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { DeviceRepository } from '../devices/devices.module.js';
import { InboxMessageRepository } from '../messages/messages.module.js';
import type { PushBegun } from './begin-push.js';
import { nextPushTry } from './escalation.js';
import { notificationIdOf, NotificationRepository } from './notification.repository.js';

/** What came of the push to one device. */
export type PushResult =
  | { readonly deviceId: string; readonly kind: 'sent' | 'gone' }
  | {
      readonly deviceId: string;
      readonly kind: 'failed';
      readonly code: string;
      /** The cause can pass: it is worth another try. */
      readonly passing: boolean;
      readonly retryAfterMs: number;
    };

/** Records what came of a push: gone devices are forgotten, passing failures tried again until the SMS takes over. */
@Injectable()
export class RecordPush {
  private readonly logger = new Logger(RecordPush.name);

  constructor(
    private readonly notifications: NotificationRepository,
    private readonly devices: DeviceRepository,
    private readonly messages: InboxMessageRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns when to try again those that are worth it */
  async execute(
    organizationId: OrganizationId,
    { message, tries }: PushBegun,
    results: readonly PushResult[],
    smsAt: Date,
    tx: Transaction,
  ): Promise<Date | undefined> {
    const { _id: messageId, agentId, deliveryId } = message;
    const now = this.clock.now();
    const waits = results.flatMap((result) =>
      result.kind === 'failed' && result.passing ? [result.retryAfterMs] : [],
    );
    const again = waits.length === 0 ? undefined : nextPushTry(now, tries, smsAt, Math.min(...waits));
    for (const result of results) {
      const { deviceId } = result;
      const id = notificationIdOf({ messageId, agentId, deliveryId, channel: 'push', deviceId });
      const waiting = result.kind === 'failed' && result.passing && again !== undefined;
      const detail = result.kind === 'failed' ? result.code : undefined;
      await this.notifications.record(organizationId, id, waiting ? 'sending' : result.kind, now, detail, tx);
      if (result.kind === 'gone') await this.devices.remove(organizationId, deviceId, tx);
    }
    const sent = results.filter(({ kind }) => kind === 'sent').length;
    if (sent > 0) await this.messages.reachedBy(organizationId, messageId, 'push', tx);
    tx.afterCommit(() => this.logger.log({ messageId, deliveryId, agentId, sent, of: results.length }, 'Pushed'));
    return again;
  }
}
