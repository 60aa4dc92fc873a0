import { Injectable } from '@nestjs/common';
import { TOWN_TRAVEL, travelSeconds, withLeg } from '#libs/domain/geo/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { handOverSeconds } from '../deliveries/deliveries.module.js';
import { AgentRecordRepository } from '../agent-performance/agent-performance.module.js';
import { TravelRecordRepository } from './travel-record.repository.js';

/** Who comes so soon after a window opened may have waited for it. */
const MAY_HAVE_WAITED_MS = 5 * 60_000;
/** After so long it was another round. */
const LONGEST_LEG_MS = 2 * 3_600_000;

/** Learns how long ways take from the time between two hand-overs of the same agent. */
@Injectable()
export class LearnTravel {
  constructor(
    private readonly agentRecords: AgentRecordRepository,
    private readonly records: TravelRecordRepository,
  ) {}

  async execute(
    organizationId: OrganizationId,
    agentId: string,
    delivery: DeliveryDocument,
    at: Date,
    tx: Transaction,
  ): Promise<void> {
    const { position } = delivery.customer;
    const former = await this.agentRecords.replaceLastHandOver(organizationId, agentId, { at, position }, tx);
    if (!former) return;
    const elapsedMs = at.getTime() - former.at.getTime();
    const mayHaveWaited = at.getTime() - delivery.window.start.getTime() < MAY_HAVE_WAITED_MS;
    if (elapsedMs <= 0 || elapsedMs > LONGEST_LEG_MS || mayHaveWaited) return;
    const leg = {
      expectedSeconds: travelSeconds(former.position, position, TOWN_TRAVEL),
      tookSeconds: elapsedMs / 1000 - handOverSeconds(delivery),
    };
    const record = await this.records.read(organizationId, tx);
    const learned = withLeg(record, leg);
    if (learned !== record) await this.records.write(organizationId, learned, tx);
  }
}
