import { Injectable } from '@nestjs/common';
import type { Timeline } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { AgentNamesRepository } from '../projections/projections.module.js';
import { withNames } from './line.js';
import { TimelineRepository } from './timeline.repository.js';

/** The contract's limit of a list. */
const MOST_ENTRIES = 1000;

/** The whole story of one delivery, oldest first; empty for a delivery nothing was heard of. */
@Injectable()
export class GetTimeline {
  constructor(
    private readonly timeline: TimelineRepository,
    private readonly agents: AgentNamesRepository,
  ) {}

  async execute(organizationId: OrganizationId, deliveryId: string): Promise<Timeline> {
    const own = await this.timeline.listOfDelivery(organizationId, deliveryId);
    const notificationIds = own.flatMap(({ notificationId }) => (notificationId === undefined ? [] : [notificationId]));
    const sent =
      notificationIds.length === 0 ? [] : await this.timeline.listOfNotifications(organizationId, notificationIds);
    const entries = [...own, ...sent].sort(
      (a, b) => a.at.getTime() - b.at.getTime() || a.sequence - b.sequence || (a._id < b._id ? -1 : 1),
    );
    const names = await this.agents.namesOf(organizationId, [...new Set(entries.flatMap(({ agentIds }) => agentIds))]);
    return {
      deliveryId,
      entries: entries.slice(0, MOST_ENTRIES).map(({ at, event, text, agentIds }) => ({
        at: at.toISOString(),
        event,
        text: withNames(text, agentIds, names),
      })),
    };
  }
}
