import { CodedError, InboxMessageAdded, type EventEnvelope, type InboxMessage } from '#libs/contracts/index.js';
import { organizationId, type OrganizationId } from '#libs/persistence/index.js';
import { AcknowledgeMessage } from '../../apps/notifications/src/inbox/inbox.module.js';
import { DeclineDelivery } from '../../apps/routing/src/agent-day/agent-day.module.js';
import type { MemoryApp } from './memory/memory-app.js';
import type { SimulatedMesh } from './simulated-mesh.js';

const READING_MS = 20_000;

/** Agents who read every message soon after it reached their inbox, and take what they are given unless the story says not. */
export class AgentsAtWork {
  private declines: boolean;

  constructor(
    private readonly mesh: SimulatedMesh,
    private readonly routing: MemoryApp,
    private readonly notifications: MemoryApp,
    { isDeclined }: { readonly isDeclined: boolean },
  ) {
    this.declines = isDeclined;
    mesh.observe((event) => {
      if (event.subject === InboxMessageAdded.subject) this.onMessage(event as EventEnvelope<InboxMessage>);
    });
  }

  private onMessage({ payload, organizationId: owner }: EventEnvelope<InboxMessage>): void {
    const { messageKind } = payload;
    const declines = this.declines && messageKind === 'assignment';
    if (declines) this.declines = false;
    this.mesh.after(READING_MS, () =>
      declines ? this.decline(organizationId(owner), payload) : this.acknowledge(organizationId(owner), payload),
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
      // It was taken from them in the meantime.
      if (!(error instanceof CodedError)) throw error;
    }
  }
}
