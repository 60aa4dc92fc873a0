import { Controller, Inject } from '@nestjs/common';
import {
  AnnouncementPublished,
  contractRegistry,
  InboxMessageAdded,
  LIVE_EVENTS,
  type Announcement,
  type EventEnvelope,
  type InboxMessage,
} from '#libs/contracts/index.js';
import { OnEvent, OnEvents } from '#libs/messaging/index.js';
import { tagsNamedIn, tagsOf } from '../http/cache-tags.js';
import { ReadCache } from '../http/read-cache.js';
import { LiveGateway } from './live.gateway.js';
import { agentRoom, agentsRoom, dispatchersRoom, skillRoom } from './live-socket.js';
import { maskAccessCode } from './mask-access-code.js';

const TO_AGENTS: readonly string[] = [InboxMessageAdded.subject, AnnouncementPublished.subject];
const WATCHED = contractRegistry.eventsConsumedBy('gateway').filter((event) => !TO_AGENTS.includes(event.subject));

/**
 * What happens, as dispatchers watch it, and the hints to agents. They are given at once, not after the commit of this
 * gateway's own books: the event is a fact already, a hint may come twice, and nobody should wait for our disk.
 */
@Controller()
export class LiveConsumer {
  constructor(
    @Inject(LiveGateway) private readonly live: LiveGateway,
    @Inject(ReadCache) private readonly cache: ReadCache,
  ) {}

  @OnEvent(InboxMessageAdded)
  onMessage(event: EventEnvelope<InboxMessage>): Promise<void> {
    this.tell(agentRoom(event.organizationId, event.payload.agentId), LIVE_EVENTS.message.event, event.payload);
    return this.onWatched(event);
  }

  @OnEvent(AnnouncementPublished)
  onAnnouncement(event: EventEnvelope<Announcement>): Promise<void> {
    const { organizationId, payload } = event;
    const room = payload.skill === undefined ? agentsRoom(organizationId) : skillRoom(organizationId, payload.skill);
    this.tell(room, LIVE_EVENTS.announcement.event, payload);
    return this.onWatched(event);
  }

  @OnEvents(WATCHED)
  onWatched(event: EventEnvelope): Promise<void> {
    const { id, subject, organizationId, aggregateId, sequence, occurredAt, payload } = event;
    void this.cache.invalidate(organizationId, [...tagsOf(aggregateId), ...tagsNamedIn(payload)]);
    const told = { id, type: subject, aggregateId, sequence, occurredAt, data: maskAccessCode(payload) };
    this.tell(dispatchersRoom(organizationId), LIVE_EVENTS.event.event, told);
    return Promise.resolve();
  }

  private tell(room: string, event: string, payload: object): void {
    (this.live.server.to(room) as { emit(event: string, payload: object): boolean }).emit(event, payload);
  }
}
