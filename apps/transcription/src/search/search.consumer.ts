import { Controller } from '@nestjs/common';
import {
  CallCompleted,
  CallReceived,
  CallRequested,
  DeliveryAssigned,
  SearchTranscriptsRpc,
  type CallCompletedPayload,
  type CallReceivedPayload,
  type CallRequestedPayload,
  type DeliveryAssignedPayload,
  type EventEnvelope,
  type SearchPage,
  type SearchRequest,
} from '#libs/contracts/index.js';
import { OnEvent, OnRpc, type EventContext, type QueryContext } from '#libs/messaging/index.js';
import { LearnFacts } from './learn-facts.js';
import { SearchTranscripts } from './search-transcripts.js';

@Controller()
export class SearchConsumer {
  constructor(
    private readonly searchTranscripts: SearchTranscripts,
    private readonly learnFacts: LearnFacts,
  ) {}

  @OnRpc(SearchTranscriptsRpc)
  search(request: SearchRequest, { organizationId }: QueryContext): Promise<SearchPage> {
    return this.searchTranscripts.execute(organizationId, request);
  }

  @OnEvent(CallRequested)
  onRequested({ payload }: EventEnvelope<CallRequestedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { attemptId, customerId } = payload;
    return this.learnFacts.ofAttempt(organizationId, attemptId, { customerId }, tx);
  }

  @OnEvent(CallReceived)
  onReceived({ payload }: EventEnvelope<CallReceivedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { attemptId, customerId } = payload;
    return this.learnFacts.ofAttempt(organizationId, attemptId, { customerId }, tx);
  }

  @OnEvent(CallCompleted)
  onCompleted({ payload }: EventEnvelope<CallCompletedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { attemptId, outcome } = payload;
    return this.learnFacts.ofAttempt(organizationId, attemptId, { outcome }, tx);
  }

  @OnEvent(DeliveryAssigned)
  onAssigned(
    { payload, sequence }: EventEnvelope<DeliveryAssignedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { deliveryId, agentId } = payload;
    return this.learnFacts.agentOf(organizationId, deliveryId, { agentId, sequence }, tx);
  }
}
