import { Injectable } from '@nestjs/common';
import { DEFAULT_TRAVEL, travelSeconds, withLeg } from '#libs/domain/geo/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { getHandOverSeconds } from '../deliveries/deliveries.module.js';
import { AgentRecordRepository } from '../agent-performance/agent-performance.module.js';
import { TravelRecordRepository } from './travel-record.repository.js';

/** An agent who hands over sooner after the start of the window may have waited for it, so the leg is not used. */
const MIN_AFTER_START_MS = 5 * 60_000;
/** Maximum time between two hand-overs of one round. */
const MAX_LEG_MS = 2 * 3_600_000;

/** Learns travel times from the time between two hand-overs of the same agent. */
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
    const previous = await this.agentRecords.replaceLastHandOver(organizationId, agentId, { at, position }, tx);
    if (!previous) return;
    const elapsedMs = at.getTime() - previous.at.getTime();
    const mayHaveWaited = at.getTime() - delivery.window.start.getTime() < MIN_AFTER_START_MS;
    if (elapsedMs <= 0 || elapsedMs > MAX_LEG_MS || mayHaveWaited) return;
    const leg = {
      expectedSeconds: travelSeconds(previous.position, position, DEFAULT_TRAVEL),
      actualSeconds: elapsedMs / 1000 - getHandOverSeconds(delivery),
    };
    const record = await this.records.read(organizationId, tx);
    const learned = withLeg(record, leg);
    if (learned !== record) await this.records.write(organizationId, learned, tx);
  }
}
