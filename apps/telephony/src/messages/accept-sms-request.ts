import { Injectable } from '@nestjs/common';
import type { SmsRequestedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { MessageWorkSchedule } from './message-work-schedule.js';
import { toRequestedMessage } from './message.js';
import { MessageRepository } from './message.repository.js';

/** Stores a text message and schedules its sending now. A repeated request changes nothing. */
@Injectable()
export class AcceptSmsRequest {
  constructor(
    private readonly messages: MessageRepository,
    private readonly work: MessageWorkSchedule,
    private readonly clock: Clock,
  ) {}

  async execute(organization: OrganizationId, request: SmsRequestedPayload, tx: Transaction): Promise<void> {
    if (await this.messages.findById(organization, request.notificationId, tx)) return;
    const now = this.clock.now();
    const message = await this.messages.create(tx, organization, toRequestedMessage(request, now));
    await this.work.send(tx, message, now);
  }
}
