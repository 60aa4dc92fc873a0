import { Injectable } from '@nestjs/common';
import { reckonedShare } from '#libs/domain/agent-performance/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { AgentRecordRepository } from './agent-record.repository.js';

/** Of whom nothing is known, deliveries go well so often. */
const USUAL_AT_FIRST = 0.95;
/** How many deliveries that is worth, of an organization and of an agent. */
const STRENGTH = 20;

/** What share of each agent's deliveries is expected to go wrong. Who is new is taken for usual, so that they get work. */
@Injectable()
export class ExpectFailures {
  constructor(private readonly records: AgentRecordRepository) {}

  /** @returns what to reckon with of an agent, by id */
  async execute(
    organizationId: OrganizationId,
    agentIds: readonly string[],
    tx?: Transaction,
  ): Promise<(agentId: string) => number> {
    const usual = reckonedShare(await this.records.usual(organizationId), USUAL_AT_FIRST, STRENGTH);
    const records = new Map((await this.records.ofAgents(organizationId, agentIds, tx)).map((one) => [one._id, one]));
    return (agentId) => {
      const { met = 0, total = 0 } = records.get(agentId)?.wentWell ?? {};
      return 1 - reckonedShare({ met, total }, usual, STRENGTH);
    };
  }
}
