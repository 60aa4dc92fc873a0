import { Controller } from '@nestjs/common';
import {
  CallCompleted,
  CallReceived,
  CallRequested,
  DeliveryAssigned,
  type CallCompletedPayload,
  type CallReceivedPayload,
  type CallRequestedPayload,
  type DeliveryAssignedPayload,
  type EventEnvelope,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { StoreAttemptFacts } from './store-attempt-facts.js';
import { StoreDeliveryAgent } from './store-delivery-agent.js';

/** Consumes the events with the facts about calls and deliveries by which a search filters recordings. */
@Controller()
export class SearchFactsConsumer {
  constructor(
    private readonly storeAttemptFacts: StoreAttemptFacts,
    private readonly storeDeliveryAgent: StoreDeliveryAgent,
  ) {}

  @OnEvent(CallRequested)
  onRequested({ payload }: EventEnvelope<CallRequestedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { attemptId, customerId } = payload;
    return this.storeAttemptFacts.execute(organizationId, attemptId, { customerId }, tx);
  }

  @OnEvent(CallReceived)
  onReceived({ payload }: EventEnvelope<CallReceivedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { attemptId, customerId } = payload;
    return this.storeAttemptFacts.execute(organizationId, attemptId, { customerId }, tx);
  }

  @OnEvent(CallCompleted)
  onCompleted({ payload }: EventEnvelope<CallCompletedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { attemptId, outcome } = payload;
    return this.storeAttemptFacts.execute(organizationId, attemptId, { outcome }, tx);
  }

  @OnEvent(DeliveryAssigned)
  onAssigned(
    { payload, sequence }: EventEnvelope<DeliveryAssignedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { deliveryId, agentId } = payload;
    return this.storeDeliveryAgent.execute(organizationId, deliveryId, { agentId, sequence }, tx);
  }
}
