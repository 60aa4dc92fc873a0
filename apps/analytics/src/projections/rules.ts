import {
  AgentCreated,
  AgentUpdated,
  CallAnswered,
  CallCompleted,
  CallDecisionMade,
  CallPlaced,
  CallRequested,
  CustomerOptedOut,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryCanceled,
  DeliveryCreated,
  DeliveryDelivered,
  DeliveryFailed,
  DeliveryRefused,
  DeliveryRescheduled,
  hasCustomerWishes,
  InboxMessageAcknowledged,
  InboxMessageAdded,
  InstructionsCorrected,
  InstructionsExtracted,
  WebhookSettled,
  type CallOutcome,
  type EventContract,
  type EventEnvelope,
  type Instructions,
} from '#libs/contracts/index.js';
import { joined, topicsOf } from './topics.js';
import type { ProjectionChange, ProjectionName, Scalar } from './change.js';

/** What an event says, before the organisation and the instant are added. */
interface Saying {
  readonly projection: ProjectionName;
  readonly key: string;
  /** Fields whose earliest instant this event may be. */
  readonly earliest?: readonly string[];
  /** Values as they are since this event. */
  readonly newest?: Readonly<Record<string, Scalar>>;
}

type Rule = (event: EventEnvelope) => Saying[];

function rule<P extends object>(contract: EventContract<P>, says: (payload: P) => Saying[]): [string, Rule] {
  return [contract.subject, (event) => says((event as EventEnvelope<P>).payload)];
}

const delivery = (deliveryId: string, ...earliest: string[]): Saying => ({
  projection: 'deliveries',
  key: deliveryId,
  earliest,
});

/** A delivery in the hands of one agent: what they did with it stays theirs when another has it later. */
const assignment = (deliveryId: string, agentId: string, ...earliest: string[]): Saying => ({
  projection: 'assignments',
  key: `${deliveryId}.${agentId}`,
  earliest,
  newest: { deliveryId, agentId },
});

/** What was understood of a recording or a text, as the latest says: an analyst, then persons. */
function words(key: string, deliveryId: string, instructions: Instructions): Saying {
  const { topics, hindrances, mood } = topicsOf(instructions);
  const newest = { deliveryId, topics: joined(topics), hindrances: joined(hindrances), mood };
  return { projection: 'words', key, earliest: ['understoodAt'], newest };
}

/** Outcomes that prove the customer's phone was rung, should the report of the placing be missing. */
export const RUNG: readonly CallOutcome[] = ['answered', 'voicemail', 'busy', 'no_answer', 'dropped', 'hung_up_early'];
/**
 * Outcomes in which a person spoke with us; `dropped` is one who hung up half-way. A customer who hung up during the first words
 * (`hung_up_early`) spoke with nobody.
 */
export const IN_PERSON: readonly CallOutcome[] = ['answered', 'dropped'];

/** What each event adds to the figures. An event without a rule adds nothing; the timeline may still tell of it. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  rule(DeliveryCreated, ({ deliveryId }) => [delivery(deliveryId, 'createdAt')]),
  rule(DeliveryAssigned, ({ deliveryId, agentId }) => [
    { ...delivery(deliveryId, 'assignedAt'), newest: { agentId } },
    assignment(deliveryId, agentId, 'assignedAt'),
  ]),
  rule(DeliveryAcknowledged, ({ deliveryId, agentId }) => [
    delivery(deliveryId, 'acknowledgedAt'),
    assignment(deliveryId, agentId, 'acknowledgedAt'),
  ]),
  rule(DeliveryRescheduled, ({ deliveryId }) => [delivery(deliveryId, 'rescheduledAt')]),
  rule(DeliveryDelivered, ({ deliveryId, agentId }) => [
    delivery(deliveryId, 'deliveredAt'),
    assignment(deliveryId, agentId, 'deliveredAt'),
  ]),
  rule(DeliveryFailed, ({ deliveryId }) => [delivery(deliveryId, 'failedAt')]),
  rule(DeliveryCanceled, ({ deliveryId }) => [delivery(deliveryId, 'canceledAt')]),
  rule(DeliveryRefused, ({ deliveryId }) => [delivery(deliveryId, 'refusedAt')]),
  rule(CallRequested, ({ attemptId, deliveryId, attempt }) => [
    { projection: 'calls', key: attemptId, earliest: ['requestedAt'], newest: { deliveryId, attempt } },
  ]),
  rule(CallPlaced, ({ attemptId, deliveryId }) => [
    { projection: 'calls', key: attemptId, earliest: ['placedAt'], newest: { deliveryId } },
    delivery(deliveryId, 'calledAt'),
  ]),
  rule(CallAnswered, ({ attemptId, deliveryId }) => [
    { projection: 'calls', key: attemptId, earliest: ['answeredAt'], newest: { deliveryId } },
    delivery(deliveryId, 'calledAt'),
  ]),
  rule(CallDecisionMade, ({ deliveryId, instructions }) => [
    delivery(deliveryId, 'calledAt', 'reachedAt', ...(hasCustomerWishes(instructions) ? ['instructedAt'] : [])),
  ]),
  rule(CallCompleted, ({ attemptId, deliveryId, outcome, durationSeconds, instructions }) => [
    {
      projection: 'calls',
      key: attemptId,
      earliest: ['completedAt'],
      newest: { deliveryId, outcome, durationSeconds },
    },
    delivery(
      deliveryId,
      ...(RUNG.includes(outcome) ? ['calledAt'] : []),
      ...(IN_PERSON.includes(outcome) ? ['reachedAt'] : []),
      ...(instructions && hasCustomerWishes(instructions) ? ['instructedAt'] : []),
    ),
  ]),
  rule(InstructionsExtracted, ({ deliveryId, recordingId, messageId, instructions }) => [
    ...(hasCustomerWishes(instructions) ? [delivery(deliveryId, 'instructedAt')] : []),
    words(recordingId ?? messageId ?? deliveryId, deliveryId, instructions),
  ]),
  rule(InstructionsCorrected, ({ deliveryId, recordingId, instructions }) => [
    ...(hasCustomerWishes(instructions) ? [delivery(deliveryId, 'instructedAt')] : []),
    words(recordingId, deliveryId, instructions),
  ]),
  rule(CustomerOptedOut, ({ customerId }) => [{ projection: 'customers', key: customerId, earliest: ['optedOutAt'] }]),
  rule(AgentCreated, ({ agentId, name }) => [
    { projection: 'agents', key: agentId, earliest: ['createdAt'], newest: { name } },
  ]),
  rule(AgentUpdated, ({ agentId, name }) => [{ projection: 'agents', key: agentId, newest: { name } }]),
  rule(InboxMessageAdded, ({ messageId, deliveryId, agentId }) => [
    { projection: 'messages', key: messageId, earliest: ['addedAt'], newest: { deliveryId, agentId } },
  ]),
  rule(InboxMessageAcknowledged, ({ messageId, deliveryId, agentId, afterMs, lastChannel }) => [
    {
      projection: 'messages',
      key: messageId,
      earliest: ['acknowledgedAt'],
      newest: { deliveryId, agentId, afterMs, lastChannel },
    },
  ]),
  rule(WebhookSettled, ({ webhookId, endpointId, type, result, tries }) => [
    { projection: 'webhooks', key: webhookId, earliest: ['settledAt'], newest: { endpointId, type, result, tries } },
  ]),
]);

/** Everything an event says, as changes to projections. Depends on the event alone: no order, no clock, no state. */
export function changesOf(event: EventEnvelope): ProjectionChange[] {
  const at = new Date(event.occurredAt);
  return (RULES.get(event.subject)?.(event) ?? []).map(({ projection, key, earliest = [], newest = {} }) => ({
    projection,
    organizationId: event.organizationId,
    key,
    earliest: Object.fromEntries(earliest.map((field) => [field, at])),
    newest: Object.fromEntries(
      Object.entries(newest).map(([field, value]) => [field, { at, eventId: event.id, value }]),
    ),
  }));
}

/** The subjects that have a rule; a spec holds them against what analytics is said to consume. */
export const SUBJECTS_WITH_RULE: readonly string[] = [...RULES.keys()];
