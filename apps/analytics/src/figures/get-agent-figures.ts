import { Injectable } from '@nestjs/common';
import type { AgentFigures, AgentFiguresReply, SpanRequest } from '#libs/contracts/index.js';
import { toMedian } from '#libs/domain/agent-performance/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { resolveSpan, toCoveredSpan } from './span.js';
import { AgentNamesRepository } from '../projections/projections.module.js';
import { AgentFiguresRepository, type AssignmentCount } from './agent-figures.repository.js';

const MAX_DAYS = 366;
const MAX_AGENTS = 1000;

/**
 * Counts the deliveries that each agent was assigned, acknowledged and delivered. `AgentFigures` defines each figure.
 */
@Injectable()
export class GetAgentFigures {
  constructor(
    private readonly figures: AgentFiguresRepository,
    private readonly agents: AgentNamesRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `invalid_request`, `span_too_long` */
  async execute(organizationId: OrganizationId, request: SpanRequest): Promise<AgentFiguresReply> {
    const span = resolveSpan(request, this.clock.now(), MAX_DAYS);
    const [assignmentCounts, timesMsByAgent] = await Promise.all([
      this.figures.countAssignments(organizationId, span),
      this.figures.findAcknowledgmentTimesMs(organizationId, span),
    ]);
    const countsByAgent = new Map(assignmentCounts.map((count) => [count.agentId, count]));
    const items = [...new Set([...countsByAgent.keys(), ...timesMsByAgent.keys()])]
      .map((agentId) => toAgentFigures(agentId, countsByAgent.get(agentId), timesMsByAgent.get(agentId) ?? []))
      .sort((a, b) => b.assigned - a.assigned || (a.agentId < b.agentId ? -1 : 1))
      .slice(0, MAX_AGENTS);
    const names = await this.agents.findNames(
      organizationId,
      items.map(({ agentId }) => agentId),
    );
    return { ...toCoveredSpan(span), items: items.map((item) => withName(item, names.get(item.agentId))) };
  }
}

function toAgentFigures(agentId: string, count: AssignmentCount | undefined, timesMs: readonly number[]): AgentFigures {
  const median = toMedian(timesMs);
  return {
    agentId,
    assigned: count?.assigned ?? 0,
    acknowledged: count?.acknowledged ?? 0,
    delivered: count?.delivered ?? 0,
    ...(median === undefined ? {} : { medianAcknowledgeMs: median }),
    acknowledgedMessages: timesMs.length,
  };
}

const withName = (figures: AgentFigures, name: string | undefined): AgentFigures =>
  name === undefined ? figures : { ...figures, name };
