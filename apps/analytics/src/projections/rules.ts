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
  hasCustomerInstructions,
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
import { joinTopics, toTopics } from './topics.js';
import type { ProjectionChange, ProjectionName, Scalar } from './change.js';

/** A fact that an event states. The organization and the instant are taken from the event. */
interface Fact {
  readonly projection: ProjectionName;
  readonly key: string;
  /** Fields that hold an instant. The projection keeps the earliest of the instants of all events. */
  readonly earliest?: readonly string[];
  /** Fields that hold a value. The projection keeps the value of the event with the latest instant. */
  readonly newest?: Readonly<Record<string, Scalar>>;
}

type Rule = (event: EventEnvelope) => Fact[];

/** Pairs a contract's subject with its rule. The compiler checks `toFacts` against the contract's payload. */
function defineRule<P extends object>(contract: EventContract<P>, toFacts: (payload: P) => Fact[]): [string, Rule] {
  return [contract.subject, (event) => toFacts((event as EventEnvelope<P>).payload)];
}

const toDeliveryFact = (deliveryId: string, ...earliest: string[]): Fact => ({
  projection: 'deliveries',
  key: deliveryId,
  earliest,
});

/**
 * Creates a fact about a delivery assigned to one agent. Keyed by agent too, so that a reassignment keeps the first
 * agent's figures.
 */
const toAssignmentFact = (deliveryId: string, agentId: string, ...earliest: string[]): Fact => ({
  projection: 'assignments',
  key: `${deliveryId}.${agentId}`,
  earliest,
  newest: { deliveryId, agentId },
});

/**
 * Creates a fact with the topics of what a customer said in a recording or wrote in a text. A correction by a person
 * replaces the extracted topics, because `newest` keeps the value with the latest instant.
 * @param key id of the recording or text
 */
function toWordsFact(key: string, deliveryId: string, instructions: Instructions): Fact {
  const { topics, hindrances, mood } = toTopics(instructions);
  const newest = { deliveryId, topics: joinTopics(topics), hindrances: joinTopics(hindrances), mood };
  return { projection: 'words', key, earliest: ['understoodAt'], newest };
}

/** Outcomes that prove that the customer's phone rang, even if `CallPlaced` has not arrived. */
export const RANG_OUTCOMES: readonly CallOutcome[] = [
  'answered',
  'voicemail',
  'busy',
  'no_answer',
  'dropped',
  'hung_up_early',
];

/**
 * Outcomes in which a person took part in the conversation; `dropped` is a person who hung up halfway. Excludes
 * `hung_up_early`: those customers hung up during the first words, before any conversation.
 */
export const CONVERSATION_OUTCOMES: readonly CallOutcome[] = ['answered', 'dropped'];

/** Rules that turn events into facts. An event without a rule changes no projection but may appear in the timeline. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  defineRule(DeliveryCreated, ({ deliveryId }) => [toDeliveryFact(deliveryId, 'createdAt')]),
  defineRule(DeliveryAssigned, ({ deliveryId, agentId }) => [
    { ...toDeliveryFact(deliveryId, 'assignedAt'), newest: { agentId } },
    toAssignmentFact(deliveryId, agentId, 'assignedAt'),
  ]),
  defineRule(DeliveryAcknowledged, ({ deliveryId, agentId }) => [
    toDeliveryFact(deliveryId, 'acknowledgedAt'),
    toAssignmentFact(deliveryId, agentId, 'acknowledgedAt'),
  ]),
  defineRule(DeliveryRescheduled, ({ deliveryId }) => [toDeliveryFact(deliveryId, 'rescheduledAt')]),
  defineRule(DeliveryDelivered, ({ deliveryId, agentId }) => [
    toDeliveryFact(deliveryId, 'deliveredAt'),
    toAssignmentFact(deliveryId, agentId, 'deliveredAt'),
  ]),
  defineRule(DeliveryFailed, ({ deliveryId }) => [toDeliveryFact(deliveryId, 'failedAt')]),
  defineRule(DeliveryCanceled, ({ deliveryId }) => [toDeliveryFact(deliveryId, 'canceledAt')]),
  defineRule(DeliveryRefused, ({ deliveryId }) => [toDeliveryFact(deliveryId, 'refusedAt')]),
  defineRule(CallRequested, ({ attemptId, deliveryId, attempt }) => [
    { projection: 'calls', key: attemptId, earliest: ['requestedAt'], newest: { deliveryId, attempt } },
  ]),
  defineRule(CallPlaced, ({ attemptId, deliveryId }) => [
    { projection: 'calls', key: attemptId, earliest: ['placedAt'], newest: { deliveryId } },
    toDeliveryFact(deliveryId, 'calledAt'),
  ]),
  defineRule(CallAnswered, ({ attemptId, deliveryId }) => [
    { projection: 'calls', key: attemptId, earliest: ['answeredAt'], newest: { deliveryId } },
    toDeliveryFact(deliveryId, 'calledAt'),
  ]),
  defineRule(CallDecisionMade, ({ deliveryId, instructions }) => [
    toDeliveryFact(
      deliveryId,
      'calledAt',
      'reachedAt',
      ...(hasCustomerInstructions(instructions) ? ['instructedAt'] : []),
    ),
  ]),
  defineRule(CallCompleted, ({ attemptId, deliveryId, outcome, durationSeconds, instructions }) => [
    {
      projection: 'calls',
      key: attemptId,
      earliest: ['completedAt'],
      newest: { deliveryId, outcome, durationSeconds },
    },
    toDeliveryFact(
      deliveryId,
      ...(RANG_OUTCOMES.includes(outcome) ? ['calledAt'] : []),
      ...(CONVERSATION_OUTCOMES.includes(outcome) ? ['reachedAt'] : []),
      ...(instructions && hasCustomerInstructions(instructions) ? ['instructedAt'] : []),
    ),
  ]),
  defineRule(InstructionsExtracted, ({ deliveryId, recordingId, messageId, instructions }) => [
    ...(hasCustomerInstructions(instructions) ? [toDeliveryFact(deliveryId, 'instructedAt')] : []),
    toWordsFact(recordingId ?? messageId ?? deliveryId, deliveryId, instructions),
  ]),
  defineRule(InstructionsCorrected, ({ deliveryId, recordingId, instructions }) => [
    ...(hasCustomerInstructions(instructions) ? [toDeliveryFact(deliveryId, 'instructedAt')] : []),
    toWordsFact(recordingId, deliveryId, instructions),
  ]),
  defineRule(CustomerOptedOut, ({ customerId }) => [
    { projection: 'customers', key: customerId, earliest: ['optedOutAt'] },
  ]),
  defineRule(AgentCreated, ({ agentId, name }) => [
    { projection: 'agents', key: agentId, earliest: ['createdAt'], newest: { name } },
  ]),
  defineRule(AgentUpdated, ({ agentId, name }) => [{ projection: 'agents', key: agentId, newest: { name } }]),
  defineRule(InboxMessageAdded, ({ messageId, deliveryId, agentId }) => [
    { projection: 'messages', key: messageId, earliest: ['addedAt'], newest: { deliveryId, agentId } },
  ]),
  defineRule(InboxMessageAcknowledged, ({ messageId, deliveryId, agentId, afterMs, lastChannel }) => [
    {
      projection: 'messages',
      key: messageId,
      earliest: ['acknowledgedAt'],
      newest: { deliveryId, agentId, afterMs, lastChannel },
    },
  ]),
  defineRule(WebhookSettled, ({ webhookId, endpointId, type, result, tries }) => [
    { projection: 'webhooks', key: webhookId, earliest: ['settledAt'], newest: { endpointId, type, result, tries } },
  ]),
]);

/** Converts an event into changes of projections. A pure function of the event. */
export function toProjectionChanges(event: EventEnvelope): ProjectionChange[] {
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

/** Subjects that have a rule. A spec compares them with the subjects that analytics consumes by contract. */
export const SUBJECTS_WITH_RULE: readonly string[] = [...RULES.keys()];
