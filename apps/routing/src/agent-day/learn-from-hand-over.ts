import { Injectable } from '@nestjs/common';
import type { StatusReportInput } from '#libs/contracts/index.js';
import { evaluateHandOver } from '#libs/domain/agent-performance/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { AgentRecordRepository } from '../agent-performance/agent-performance.module.js';
import { LearnPreferences } from '../customers/customers.module.js';
import { LearnTravel } from '../travel/travel.module.js';

/** Certainty, 0 to 1, that the customer prefers a safe place that the agent chose and the customer did not name. */
const UNSTATED_PLACE_CERTAINTY = 0.5;

/** Learns from a delivered or failed delivery: the agent's performance, the usual safe place, and travel times. */
@Injectable()
export class LearnFromHandOver {
  constructor(
    private readonly records: AgentRecordRepository,
    private readonly learnPreferences: LearnPreferences,
    private readonly learnTravel: LearnTravel,
  ) {}

  /** @param delivery the delivery as it was before the hand-over */
  async execute(
    organizationId: OrganizationId,
    agentId: string,
    delivery: DeliveryDocument,
    { status, reason, safePlaceUsed }: StatusReportInput,
    at: Date,
    tx: Transaction,
  ): Promise<void> {
    const { window, failures = 0, instructions, customerId } = delivery;
    const requestedPlace = instructions?.safePlace;
    const evaluation = evaluateHandOver({
      outcome: status === 'delivered' ? 'delivered' : 'failed',
      reason,
      at,
      window,
      failuresBefore: failures,
      promisedPlace: requestedPlace?.value,
      usedPlace: safePlaceUsed,
    });
    const listening = delivery.recordingId === undefined ? {} : { listened: delivery.heardBy === agentId };
    await this.records.countHandOver(organizationId, agentId, { ...evaluation, ...listening }, tx);
    if (status !== 'delivered') return;
    const place = requestedPlace?.value ?? safePlaceUsed;
    const certainty = requestedPlace ? requestedPlace.confidence : UNSTATED_PLACE_CERTAINTY;
    if (place !== undefined)
      await this.learnPreferences.execute(organizationId, customerId, { kind: 'place', place, certainty }, tx);
    await this.learnTravel.execute(organizationId, agentId, delivery, at, tx);
  }
}
