import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { MessageState, MessageStatusPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { NotificationState } from '#libs/persistence/schemas/notifications/notifications.js';
import { NotificationRepository } from './notification.repository.js';

/** What telephony's states of an SMS mean for the notification; the others are steps on the way. */
const SETTLED_AS: Readonly<Partial<Record<MessageState, NotificationState>>> = {
  delivered: 'delivered',
  failed: 'failed',
  suppressed: 'failed',
};

/** Records what became of an SMS. The first final state stays, whatever arrives after it. */
@Injectable()
export class RecordMessageStatus {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { notificationId, state, reason }: MessageStatusPayload,
    tx: Transaction,
  ): Promise<void> {
    const settled = SETTLED_AS[state];
    if (settled === undefined) return;
    await this.notifications.record(organizationId, notificationId, settled, this.clock.now(), reason, tx);
  }
}
