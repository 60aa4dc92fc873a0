import { Injectable } from '@nestjs/common';
import { DeliveryUnassigned, type DeliveryState } from '#libs/contracts/index.js';
import { intersect } from '#libs/domain/time/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { StoredWindow } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { advance, DeliveryRepository, toDeliveryEventFields, withoutAgent } from '../deliveries/deliveries.module.js';
import { AssignmentBoardRepository } from './assignment-board.repository.js';
import { ScheduleAssignment } from './schedule-assignment.js';

/** Selects the deliveries to release from an agent. */
export interface Release {
  readonly agentId: string;
  /** Releases only deliveries in one of these states. */
  readonly states: readonly DeliveryState[];
  readonly reason: string;
  /** If set, releases only deliveries whose window overlaps none of these windows. */
  readonly outside?: readonly StoredWindow[];
}

/**
 * Unassigns deliveries from an agent who cannot make them, and schedules a planning run. Claims the board, so that no
 * earlier plan can still assign deliveries to the agent.
 */
@Injectable()
export class ReleaseDeliveries {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly board: AssignmentBoardRepository,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  /** @returns the number of released deliveries */
  async execute(
    organizationId: OrganizationId,
    { agentId, states, reason, outside = [] }: Release,
    tx: Transaction,
  ): Promise<number> {
    const now = this.clock.now();
    await this.board.claim(organizationId, tx);
    const candidates = await this.deliveries.findByAgentInStates(organizationId, agentId, states, now, tx);
    let releasedCount = 0;
    for (const delivery of candidates.filter(({ window }) => intersect(outside, [window]).length === 0)) {
      const advanced = advance(delivery, { kind: 'unassigned' }, now);
      if (!advanced) continue;
      const event = createAggregateEvent(
        DeliveryUnassigned,
        { ...toDeliveryEventFields(delivery), agentId, reason },
        now,
      );
      await this.deliveries.save(tx, organizationId, withoutAgent(advanced), [event]);
      releasedCount += 1;
    }
    if (releasedCount > 0) await this.scheduleAssignment.execute(organizationId, tx);
    return releasedCount;
  }
}
