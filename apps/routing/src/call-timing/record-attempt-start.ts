import { Injectable } from '@nestjs/common';
import { toDayType } from '#libs/domain/call-timing/index.js';
import { atLocal } from '#libs/domain/time/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { ContactTryRepository } from './contact-try.repository.js';
import { toSegment } from './segment.js';

interface StartedAttempt {
  /** The delivery with its open attempt. */
  readonly delivery: DeliveryDocument;
  /** IANA time zone of the customer. */
  readonly zone: string;
  readonly odds: DeliveryDocument['plannedCallOdds'];
  readonly now: Date;
}

/** Records the start of an attempt with the local hour and day type that the contact model learns from. */
@Injectable()
export class RecordAttemptStart {
  constructor(private readonly attempts: ContactTryRepository) {}

  async execute(
    organizationId: OrganizationId,
    { delivery, zone, odds, now }: StartedAttempt,
    tx: Transaction,
  ): Promise<void> {
    if (delivery.openAttemptId === undefined) return;
    const { time, weekday } = atLocal(now, zone);
    await this.attempts.insert(
      organizationId,
      {
        _id: delivery.openAttemptId,
        customerId: delivery.customerId,
        segment: toSegment(delivery.customer),
        day: toDayType(weekday),
        hour: Math.floor(time / 60),
        at: now,
        ...odds,
      },
      tx,
    );
  }
}
