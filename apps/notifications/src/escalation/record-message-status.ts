import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { MessageState, MessageStatusPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { NotificationState } from '#libs/persistence/schemas/notifications/notifications.js';
import { NotificationRepository } from './notification.repository.js';

/** Maps telephony's final states of an SMS to the notification's. Other states are intermediate. */
const FINAL_STATES: Readonly<Partial<Record<MessageState, NotificationState>>> = {
  delivered: 'delivered',
  failed: 'failed',
  suppressed: 'failed',
};

/** Records the final state of an SMS. The first final state is kept; later ones are ignored. */
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
    const finalState = FINAL_STATES[state];
    if (finalState === undefined) return;
    await this.notifications.record(organizationId, notificationId, finalState, this.clock.now(), reason, tx);
  }
}
