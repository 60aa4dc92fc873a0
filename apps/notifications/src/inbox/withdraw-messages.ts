import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { StopEscalation } from '../escalation/escalation.module.js';
import { AssignmentSnapshotRepository } from './assignment-snapshot.repository.js';
import { InboxMessageRepository } from '../messages/messages.module.js';

/** Supersedes the open messages about a delivery that was taken from its agent, and stops their escalation. */
@Injectable()
export class WithdrawMessages {
  constructor(
    private readonly snapshots: AssignmentSnapshotRepository,
    private readonly messages: InboxMessageRepository,
    private readonly stopEscalation: StopEscalation,
    private readonly clock: Clock,
  ) {}

  /** @param sequence the sequence of the event that unassigned the delivery; messages of a later assignment are kept */
  async execute(organizationId: OrganizationId, deliveryId: string, sequence: number, tx: Transaction): Promise<void> {
    const snapshot = await this.snapshots.findById(organizationId, deliveryId, tx);
    if (snapshot?.assignment && snapshot.assignment.sequence > sequence) return;
    for (const message of await this.messages.listOpenForDelivery(organizationId, deliveryId, tx)) {
      await this.messages.supersede(organizationId, message._id, this.clock.now(), tx);
      await this.stopEscalation.execute(message._id, tx);
    }
  }
}
