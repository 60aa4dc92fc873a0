import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { ScheduleCall } from './schedule-call.js';
import { ScheduleText, type TextReason } from '../customer-texts/customer-texts.module.js';

/** Schedules the next step of a saved delivery: its planned call, or else a text and a planning run. */
@Injectable()
export class ScheduleNextStep {
  constructor(
    private readonly scheduleCall: ScheduleCall,
    private readonly scheduleText: ScheduleText,
    private readonly scheduleAssignment: ScheduleAssignment,
  ) {}

  /** @param reason why the customer is texted if no call is planned */
  async execute(
    organizationId: OrganizationId,
    stored: DeliveryDocument,
    reason: TextReason,
    tx: Transaction,
  ): Promise<void> {
    await this.scheduleCall.execute(stored, tx);
    if (stored.state !== 'ready_to_assign') return;
    await this.scheduleText.execute(organizationId, stored, reason, tx);
    await this.scheduleAssignment.execute(organizationId, tx);
  }
}
