import { Controller } from '@nestjs/common';
import {
  AgentDeactivated,
  AnnouncementPublished,
  contractRegistry,
  InboxMessageAdded,
  LIVE_EVENTS,
  type AgentDeactivatedPayload,
  type Announcement,
  type EventContract,
  type EventEnvelope,
  type InboxMessage,
} from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import { OnEvent, OnEvents, type EventContext, type EventHandlerOptions } from '#libs/messaging/index.js';
import { EndAgentAccess } from '../revocation/revocation.module.js';
import { OWN_EVENTS, RecordAuditEntry } from '../audit/audit.module.js';
import { ReadCache, tagsNamedIn, tagsOf } from '../caching/caching.module.js';
import { CodesOfTheDay } from '../agent-work/agent-work.module.js';
import { LiveGateway } from './live.gateway.js';
import { agentRoom, agentsRoom, dispatchersRoom, skillRoom } from './live-socket.js';

/** Those with more to do than to be watched, and those that are this app's own. */
const OTHERS: readonly EventContract[] = [InboxMessageAdded, AnnouncementPublished, AgentDeactivated, ...OWN_EVENTS];
const WATCHED = contractRegistry.eventsConsumedBy('gateway').filter((event) => !OTHERS.includes(event));

/** Nobody's act: there is nothing for the audit log, and it is only passed on. */
const PASSED_ON: EventHandlerOptions = { keepsNothing: ({ actor }) => actor === undefined };

/**
 * What happens, as dispatchers watch it, and the hints to agents. They are given at once, not after the commit of this
 * gateway's own books: the event is a fact already, a hint may come twice, and nobody should wait for our disk.
 */
@Controller()
export class LiveConsumer {
  constructor(
    private readonly live: LiveGateway,
    private readonly cache: ReadCache,
    private readonly recordAuditEntry: RecordAuditEntry,
    private readonly endAgentAccess: EndAgentAccess,
    private readonly codes: CodesOfTheDay,
  ) {}

  @OnEvent(InboxMessageAdded, PASSED_ON)
  async onMessage(event: EventEnvelope<InboxMessage>, context: EventContext): Promise<void> {
    const { organizationId, payload } = event;
    const shown = await this.codes.show(organizationId, payload);
    this.tell(agentRoom(organizationId, payload.agentId), LIVE_EVENTS.message.event, shown);
    return this.onWatched(event, context);
  }

  @OnEvent(AnnouncementPublished, PASSED_ON)
  onAnnouncement(event: EventEnvelope<Announcement>, context: EventContext): Promise<void> {
    const { organizationId, payload } = event;
    const room = payload.skill === undefined ? agentsRoom(organizationId) : skillRoom(organizationId, payload.skill);
    this.tell(room, LIVE_EVENTS.announcement.event, payload);
    return this.onWatched(event, context);
  }

  @OnEvent(AgentDeactivated)
  async onAgentDeactivated(event: EventEnvelope<AgentDeactivatedPayload>, context: EventContext): Promise<void> {
    const { organizationId, tx } = context;
    await this.endAgentAccess.execute(organizationId, event.payload.agentId, new Date(event.occurredAt), tx);
    await this.onWatched(event, context);
  }

  @OnEvents(WATCHED, PASSED_ON)
  async onWatched(event: EventEnvelope, context: EventContext): Promise<void> {
    const { id, subject, organizationId, aggregateId, sequence, occurredAt, payload } = event;
    void this.cache.invalidate(organizationId, [...tagsOf(aggregateId), ...tagsNamedIn(payload)]);
    const told = { id, type: subject, aggregateId, sequence, occurredAt, data: withoutAccessCodes(payload) };
    this.tell(dispatchersRoom(organizationId), LIVE_EVENTS.event.event, told);
    if (event.actor) await this.recordAuditEntry.execute(event, context.tx);
  }

  private tell(room: string, event: string, payload: object): void {
    (this.live.server.to(room) as { emit(event: string, payload: object): boolean }).emit(event, payload);
  }
}
