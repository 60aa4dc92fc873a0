import { CodedError, InboxMessageAdded, type EventEnvelope, type InboxMessage } from '#libs/contracts/index.js';
import { parseOrganizationId, type OrganizationId } from '#libs/persistence/index.js';
import { AcknowledgeMessage } from '../../apps/notifications/src/inbox/inbox.module.js';
import { DeclineDelivery } from '../../apps/routing/src/agent-day/agent-day.module.js';
import type { MemoryApp } from './memory/memory-app.js';
import type { SimulatedMesh } from './simulated-mesh.js';

const READING_DELAY_MS = 20_000;

/**
 * Agents who acknowledge every message soon after it reached their inbox. In a story with `isDeclined`, the agent
 * declines the first assignment.
 */
export class SimulatedAgents {
  private shouldDecline: boolean;

  constructor(
    private readonly mesh: SimulatedMesh,
    private readonly routing: MemoryApp,
    private readonly notifications: MemoryApp,
    { isDeclined }: { readonly isDeclined: boolean },
  ) {
    this.shouldDecline = isDeclined;
    mesh.observe((event) => {
      if (event.subject === InboxMessageAdded.subject) this.onMessage(event as EventEnvelope<InboxMessage>);
    });
  }

  private onMessage({ payload, organizationId: owner }: EventEnvelope<InboxMessage>): void {
    const { messageKind } = payload;
    const shouldDecline = this.shouldDecline && messageKind === 'assignment';
    if (shouldDecline) this.shouldDecline = false;
    this.mesh.after(READING_DELAY_MS, () =>
      shouldDecline
        ? this.decline(parseOrganizationId(owner), payload)
        : this.acknowledge(parseOrganizationId(owner), payload),
    );
  }

  private async acknowledge(owner: OrganizationId, { agentId, messageId }: InboxMessage): Promise<void> {
    const acknowledge = this.notifications.get(AcknowledgeMessage);
    await this.notifications.run((tx) => acknowledge.execute(owner, { agentId, messageId }, tx));
  }

  private async decline(owner: OrganizationId, { agentId, deliveryId }: InboxMessage): Promise<void> {
    const decline = this.routing.get(DeclineDelivery);
    const request = { agentId, deliveryId, decline: { reason: 'too_far' as const } };
    try {
      await this.routing.run((tx) => decline.execute(owner, request, tx));
    } catch (error) {
      // The delivery was assigned to another agent or ended in the meantime.
      if (!(error instanceof CodedError)) throw error;
    }
  }
}
