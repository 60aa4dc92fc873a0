import { Injectable } from '@nestjs/common';
import type { StatusReportInput } from '#libs/contracts/index.js';
import { judgeHandOver } from '#libs/domain/agent-performance/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { AgentRecordRepository } from '../agent-performance/agent-performance.module.js';
import { LearnPreferences } from '../customers/customers.module.js';
import { LearnTravel } from '../travel/travel.module.js';

/** How sure it is that a place is wished where a parcel was only put. */
const UNSAID_CERTAINTY = 0.5;

/** What the end of a delivery teaches: of its agent, of where its customer wants parcels, and of how long ways take. */
@Injectable()
export class LearnFromHandOver {
  constructor(
    private readonly records: AgentRecordRepository,
    private readonly learnPreferences: LearnPreferences,
    private readonly learnTravel: LearnTravel,
  ) {}

  /** @param delivery as it was before */
  async execute(
    organizationId: OrganizationId,
    agentId: string,
    delivery: DeliveryDocument,
    { status, reason, safePlaceUsed }: StatusReportInput,
    at: Date,
    tx: Transaction,
  ): Promise<void> {
    const { window, failures = 0, instructions, customerId } = delivery;
    const wanted = instructions?.safePlace;
    const judged = judgeHandOver({
      outcome: status === 'delivered' ? 'delivered' : 'failed',
      ...{ reason, at, window, failuresBefore: failures, promisedPlace: wanted?.value, usedPlace: safePlaceUsed },
    });
    const heard = delivery.recordingId === undefined ? {} : { listened: delivery.heardBy === agentId };
    await this.records.countHandOver(organizationId, agentId, { ...judged, ...heard }, tx);
    if (status !== 'delivered') return;
    const place = wanted?.value ?? safePlaceUsed;
    const certainty = wanted ? wanted.confidence : UNSAID_CERTAINTY;
    if (place !== undefined)
      await this.learnPreferences.execute(organizationId, customerId, { kind: 'place', place, certainty }, tx);
    await this.learnTravel.execute(organizationId, agentId, delivery, at, tx);
  }
}
