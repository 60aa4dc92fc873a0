import { Injectable } from '@nestjs/common';
import type { CustomerTextRequestedPayload, TimeWindow } from '#libs/contracts/index.js';
import { composeText } from '#libs/domain/text-messages/index.js';
import type { Interval } from '#libs/domain/time/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { MessageWorkSchedule } from './message-work-schedule.js';
import { transitionTo, toCustomerMessage } from './message.js';
import { MessageRepository } from './message.repository.js';
import { findNextTextTime, TOO_LATE_REASON } from './next-text-time.js';

/**
 * Stores a text to a customer and schedules its sending at the next lawful time. Suppresses a text that expires before
 * that time. A repeated request changes nothing.
 */
@Injectable()
export class AcceptCustomerText {
  constructor(
    private readonly messages: MessageRepository,
    private readonly work: MessageWorkSchedule,
    private readonly clock: Clock,
  ) {}

  async execute(
    organization: OrganizationId,
    { textId, reason, requestedWindow, ...contact }: CustomerTextRequestedPayload,
    tx: Transaction,
  ): Promise<void> {
    if (await this.messages.findById(organization, textId, tx)) return;
    const now = this.clock.now();
    const body = composeText(reason, contact.language, {
      organizationName: contact.organizationName,
      parcel: contact.parcelDescription,
      planned: toInterval(contact.window),
      requested: requestedWindow && toInterval(requestedWindow),
      zone: contact.zone,
    });
    const message = await this.messages.create(tx, organization, toCustomerMessage(textId, reason, contact, body, now));
    const dueAt = findNextTextTime(contact, now);
    if (dueAt) await this.work.send(tx, message, dueAt);
    else await this.messages.apply(tx, transitionTo(message, 'suppressed', now, TOO_LATE_REASON));
  }
}

const toInterval = ({ start, end }: TimeWindow): Interval => ({ start: new Date(start), end: new Date(end) });
