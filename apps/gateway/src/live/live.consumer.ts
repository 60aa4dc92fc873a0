import { Controller, Inject } from '@nestjs/common';
import { contractRegistry, InboxMessageAdded, type EventEnvelope, type InboxMessage } from '#libs/contracts/index.js';
import { OnEvent, OnEvents, type EventContext } from '#libs/messaging/index.js';
import { tagsNamedIn, tagsOf } from '../http/cache-tags.js';
import { ReadCache } from '../http/read-cache.js';
import { agentRoom, liveRoom, LiveGateway } from './live.gateway.js';
import { maskAccessCode } from './mask-access-code.js';

const WATCHED = contractRegistry
  .eventsConsumedBy('gateway')
  .filter((event) => event.subject !== InboxMessageAdded.subject);

/** What happens, as dispatchers watch it, and the hint to an agent that a message waits. */
@Controller()
export class LiveConsumer {
  constructor(
    @Inject(LiveGateway) private readonly live: LiveGateway,
    @Inject(ReadCache) private readonly cache: ReadCache,
  ) {}

  @OnEvent(InboxMessageAdded)
  onMessage(event: EventEnvelope<InboxMessage>, { tx, organizationId }: EventContext): Promise<void> {
    tx.afterCommit(() =>
      this.live.server.to(agentRoom(organizationId, event.payload.agentId)).emit('message', event.payload),
    );
    this.tellDispatchers(event, tx);
    return Promise.resolve();
  }

  @OnEvents(WATCHED)
  onWatched(event: EventEnvelope, { tx }: EventContext): Promise<void> {
    this.tellDispatchers(event, tx);
    return Promise.resolve();
  }

  private tellDispatchers(event: EventEnvelope, tx: EventContext['tx']): void {
    const { id, subject, organizationId, aggregateId, sequence, occurredAt, payload } = event;
    // What happened is committed where it happened; that this gateway has heard of it need not be, for the cache to forget.
    void this.cache.invalidate(organizationId, [...tagsOf(aggregateId), ...tagsNamedIn(payload)]);
    const told = { id, type: subject, aggregateId, sequence, occurredAt, data: maskAccessCode(payload) };
    tx.afterCommit(() => this.live.server.to(liveRoom(organizationId)).emit('event', told));
  }
}
