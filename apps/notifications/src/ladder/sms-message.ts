import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { SmsRequested } from '#libs/contracts/index.js';
import { TransactionRunner, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { DeviceRepository } from '../devices/device.repository.js';
import { InboxMessageRepository } from '../inbox/inbox-message.repository.js';
import { NOTIFICATION_QUEUE, WORK_KINDS } from '../work-kinds.js';
import { ladderStopped, smsText } from './ladder.js';
import { NotificationRepository } from './notification.repository.js';
import type { LadderWork } from './schedule-ladder.js';

/** The ladder's last step: telephony is asked to send an SMS. It has no outside effect of its own. */
@Injectable()
export class SmsMessage {
  private readonly logger = new Logger(SmsMessage.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly messages: InboxMessageRepository,
    private readonly devices: DeviceRepository,
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  @WorkHandler(NOTIFICATION_QUEUE, WORK_KINDS.sms)
  async execute(item: WorkItem<LadderWork>): Promise<void> {
    const { organizationId, payload } = item;
    await this.transactions.run(async (tx) => {
      const message = await this.messages.findById(organizationId, payload.messageId, tx);
      if (message && !ladderStopped(message)) await this.request(organizationId, message, tx);
      await item.complete(tx);
    });
  }

  private async request(organizationId: OrganizationId, message: InboxMessageDocument, tx: Transaction): Promise<void> {
    const { _id: messageId, agentId, deliveryId, reference, summary } = message;
    const phone = await this.devices.phoneOf(organizationId, agentId, tx);
    const now = this.clock.now();
    const intent = { messageId, agentId, deliveryId, channel: 'sms' as const };
    const begun = await this.notifications.begin(organizationId, intent, phone ? 'requested' : 'skipped', now, tx);
    if (!begun) return;
    if (!phone) {
      await this.notifications.record(organizationId, begun._id, 'skipped', now, 'no phone number is known', tx);
      this.logger.warn({ messageId, agentId, deliveryId }, 'No SMS: no phone number of this agent is known');
      return;
    }
    tx.emit({
      contract: SmsRequested,
      organizationId,
      aggregateId: begun._id,
      // Its only event: an SMS is asked for once.
      sequence: 1,
      occurredAt: now,
      payload: {
        notificationId: begun._id,
        to: phone.address,
        body: smsText(reference, summary),
        audience: 'agent',
        deliveryId,
      },
    });
    await this.messages.reachedBy(organizationId, messageId, 'sms', tx);
    tx.afterCommit(() => this.logger.log({ messageId, agentId, deliveryId }, 'An SMS was asked for'));
  }
}
