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
import { GATEWAY_EVENTS, RecordAuditEntry } from '../audit/audit.module.js';
import { ReadCache, collectCacheTags, toCacheTags } from '../caching/caching.module.js';
import { AccessCodeVisibility } from '../agent-work/agent-work.module.js';
import { LiveGateway } from './live.gateway.js';
import { toAgentRoom, toAgentsRoom, toDispatchersRoom, toSkillRoom } from './live-socket.js';

/** Events with their own handler below, and events that the gateway publishes, which `AuditConsumer` handles. */
const HANDLED_SEPARATELY: readonly EventContract[] = [
  InboxMessageAdded,
  AnnouncementPublished,
  AgentDeactivated,
  ...GATEWAY_EVENTS,
];
/** Events that dispatchers receive without further processing. */
const DISPATCHER_EVENTS = contractRegistry
  .eventsConsumedBy('gateway')
  .filter((event) => !HANDLED_SEPARATELY.includes(event));

/** Events without an actor do not need an audit entry, so their handler stores nothing. */
const STORES_ONLY_WITH_ACTOR: EventHandlerOptions = { hasNoStoredEffect: ({ actor }) => actor === undefined };

/**
 * Emits events to the sockets of dispatchers and notifications to the sockets of agents, invalidates the cache, and
 * records audit entries. It emits before its own transaction commits, so that live events do not wait for the database.
 * This is safe, because the event is already committed by its app, and clients tolerate duplicates.
 */
@Controller()
export class LiveConsumer {
  constructor(
    private readonly live: LiveGateway,
    private readonly cache: ReadCache,
    private readonly recordAuditEntry: RecordAuditEntry,
    private readonly endAgentAccess: EndAgentAccess,
    private readonly codes: AccessCodeVisibility,
  ) {}

  @OnEvent(InboxMessageAdded, STORES_ONLY_WITH_ACTOR)
  async onMessage(event: EventEnvelope<InboxMessage>, context: EventContext): Promise<void> {
    const { organizationId, payload } = event;
    const visibleMessage = await this.codes.apply(organizationId, payload);
    this.emit(toAgentRoom(organizationId, payload.agentId), LIVE_EVENTS.message.event, visibleMessage);
    return this.onDispatcherEvent(event, context);
  }

  @OnEvent(AnnouncementPublished, STORES_ONLY_WITH_ACTOR)
  onAnnouncement(event: EventEnvelope<Announcement>, context: EventContext): Promise<void> {
    const { organizationId, payload } = event;
    const room =
      payload.skill === undefined ? toAgentsRoom(organizationId) : toSkillRoom(organizationId, payload.skill);
    this.emit(room, LIVE_EVENTS.announcement.event, payload);
    return this.onDispatcherEvent(event, context);
  }

  @OnEvent(AgentDeactivated)
  async onAgentDeactivated(event: EventEnvelope<AgentDeactivatedPayload>, context: EventContext): Promise<void> {
    const { organizationId, tx } = context;
    await this.endAgentAccess.execute(organizationId, event.payload.agentId, new Date(event.occurredAt), tx);
    await this.onDispatcherEvent(event, context);
  }

  @OnEvents(DISPATCHER_EVENTS, STORES_ONLY_WITH_ACTOR)
  async onDispatcherEvent(event: EventEnvelope, context: EventContext): Promise<void> {
    const { id, subject, organizationId, aggregateId, sequence, occurredAt, payload } = event;
    void this.cache.invalidate(organizationId, [...toCacheTags(aggregateId), ...collectCacheTags(payload)]);
    const liveEvent = { id, type: subject, aggregateId, sequence, occurredAt, data: withoutAccessCodes(payload) };
    this.emit(toDispatchersRoom(organizationId), LIVE_EVENTS.event.event, liveEvent);
    if (event.actor) await this.recordAuditEntry.execute(event, context.tx);
  }

  private emit(room: string, event: string, payload: object): void {
    (this.live.server.to(room) as { emit(event: string, payload: object): boolean }).emit(event, payload);
  }
}
