import { Injectable } from '@nestjs/common';
import type { Timeline } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { AgentNamesRepository } from '../projections/projections.module.js';
import { withNames } from './line.js';
import { TimelineRepository } from './timeline.repository.js';

/** The maximum length of a list in the contract. */
const MAX_ENTRIES = 1000;

/**
 * Reads the timeline of one delivery, oldest first. It is empty if analytics has consumed no event about the delivery.
 */
@Injectable()
export class GetTimeline {
  constructor(
    private readonly timeline: TimelineRepository,
    private readonly agents: AgentNamesRepository,
  ) {}

  async execute(organizationId: OrganizationId, deliveryId: string): Promise<Timeline> {
    const deliveryEntries = await this.timeline.listByDelivery(organizationId, deliveryId);
    // An SMS's status entries are stored by notification id, because the status event does not name the delivery.
    const notificationIds = deliveryEntries.flatMap(({ notificationId }) =>
      notificationId === undefined ? [] : [notificationId],
    );
    const notificationEntries =
      notificationIds.length === 0 ? [] : await this.timeline.listByNotifications(organizationId, notificationIds);
    const entries = [...deliveryEntries, ...notificationEntries].sort(
      (a, b) => a.at.getTime() - b.at.getTime() || a.sequence - b.sequence || (a._id < b._id ? -1 : 1),
    );
    const names = await this.agents.findNames(organizationId, [
      ...new Set(entries.flatMap(({ agentIds }) => agentIds)),
    ]);
    return {
      deliveryId,
      entries: entries.slice(0, MAX_ENTRIES).map(({ at, event, text, agentIds }) => ({
        at: at.toISOString(),
        event,
        text: withNames(text, agentIds, names),
      })),
    };
  }
}
