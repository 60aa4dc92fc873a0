import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { SmsRequested } from '#libs/contracts/index.js';
import { TransactionRunner, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { DeviceRepository } from '../devices/devices.module.js';
import { InboxMessageRepository } from '../messages/messages.module.js';
import { isEscalationStopped, toSmsText } from './escalation.js';
import { NotificationRepository } from './notification.repository.js';
import type { EscalationWork } from './work-kinds.js';

/**
 * The last step of the escalation: requests an SMS from telephony by an event that is stored in the transaction that
 * completes the work.
 */
@Injectable()
export class RequestSms {
  private readonly logger = new Logger(RequestSms.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly messages: InboxMessageRepository,
    private readonly devices: DeviceRepository,
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<EscalationWork>): Promise<void> {
    const { organizationId, payload } = item;
    await this.transactions.run(async (tx) => {
      const message = await this.messages.findById(organizationId, payload.messageId, tx);
      if (message && !isEscalationStopped(message)) await this.request(organizationId, message, tx);
      await item.complete(tx);
    });
  }

  private async request(organizationId: OrganizationId, message: InboxMessageDocument, tx: Transaction): Promise<void> {
    const { _id: messageId, agentId, deliveryId, reference, summary } = message;
    const phone = await this.devices.findPhone(organizationId, agentId, tx);
    const now = this.clock.now();
    const intent = { messageId, agentId, deliveryId, channel: 'sms' as const };
    const notification = await this.notifications.begin(
      organizationId,
      intent,
      phone ? 'requested' : 'skipped',
      now,
      tx,
    );
    if (!notification) return;
    if (!phone) {
      await this.notifications.record(organizationId, notification._id, 'skipped', now, 'no phone number is known', tx);
      this.logger.warn({ messageId, agentId, deliveryId }, 'SMS skipped: the agent has no known phone number');
      return;
    }
    tx.emit({
      contract: SmsRequested,
      organizationId,
      aggregateId: notification._id,
      // The aggregate has only this event, because an SMS is requested once.
      sequence: 1,
      occurredAt: now,
      payload: {
        notificationId: notification._id,
        to: phone.address,
        body: toSmsText(reference, summary),
        audience: 'agent',
        deliveryId,
      },
    });
    await this.messages.recordLastChannel(organizationId, messageId, 'sms', tx);
    tx.afterCommit(() => this.logger.log({ messageId, agentId, deliveryId }, 'SMS requested'));
  }
}
