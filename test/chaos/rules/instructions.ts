import { apiDelivery, type AgentEvidence, type DeliveryEvidence, type Evidence } from '../evidence/evidence.js';
import { containsFact, formatShownValue, effectiveFacts, type GivenFact } from '../personas/fact.js';
import { toViolation, formatClock, type Rule, type Violation } from './violation.js';

/** Access codes are shown only to the agent who has the delivery. */
const AGENT_ONLY_FIELDS = new Set(['accessCode']);
/** States in which an agent has the delivery. In the other states the instructions concern dispatchers at most. */
const AGENT_STATES = new Set(['assigned', 'acknowledged', 'out_for_delivery', 'delivered']);

/** Every instruction of a customer is in the API's delivery and in the newest message of its agent. */
export const instructionsRule: Rule = {
  number: 5,
  title: 'instructions: each shown by the API and to the agent',
  judge: (evidence) => evidence.deliveries.flatMap((delivery) => judgeOne(delivery, evidence)),
};

function judgeOne(delivery: DeliveryEvidence, { agents }: Evidence): Violation[] {
  const apiView = apiDelivery(delivery);
  if (apiView === undefined) return [];
  const facts = effectiveFacts(delivery.given);
  const words = apiView.transcript ?? '';
  const missingAtApi = facts
    .filter(({ field }) => !AGENT_ONLY_FIELDS.has(field))
    .filter((fact) => !isShown(fact, delivery, { instructions: apiView.instructions, words }))
    .map((fact) =>
      toViolation(
        delivery,
        'lost',
        `${describe(fact)}, and the API shows ${formatShownValue(fact, apiView.instructions)} instead (state ${apiView.state}).`,
      ),
    );
  if (!AGENT_STATES.has(apiView.state)) return missingAtApi;
  return [
    ...missingAtApi,
    ...judgeAgent(
      delivery,
      facts,
      agents.find(({ agentId }) => agentId === apiView.agentId),
    ),
  ];
}

function judgeAgent(
  delivery: DeliveryEvidence,
  facts: readonly GivenFact[],
  agent: AgentEvidence | undefined,
): Violation[] {
  const deliveryId = apiDelivery(delivery)?.deliveryId;
  const newest = agent?.messages
    .filter((message) => message.deliveryId === deliveryId)
    .toSorted((one, other) => one.sequence - other.sequence)
    .at(-1);
  if (newest === undefined)
    return [
      toViolation(delivery, 'lost', `Agent ${agent?.name ?? 'unknown'} has it, and was sent no message about it.`),
    ];
  const seen = `message ${newest.sequence} of ${formatClock(newest.receivedAt)} (${newest.messageKind})`;
  const missing = facts
    .filter(
      (fact) =>
        !isShown(fact, delivery, {
          instructions: newest.instructions,
          words: `${newest.summary} ${newest.transcript ?? ''}`,
        }),
    )
    .map((fact) => {
      const instead = formatShownValue(fact, newest.instructions);
      return toViolation(
        delivery,
        'lost',
        `${describe(fact)}, and ${agent?.name ?? ''}'s newest ${seen} shows ${instead} instead.`,
      );
    });
  if (newest.acknowledgedAt !== undefined) return missing;
  return [...missing, toViolation(delivery, 'lost', `${agent?.name ?? ''} never got ${seen} acknowledged.`)];
}

/** Whether the fact is shown, or a later one that may have been recorded. */
const isShown = (
  fact: GivenFact,
  { uncertain }: DeliveryEvidence,
  readable: Parameters<typeof containsFact>[1],
): boolean =>
  [fact, ...uncertain.filter(({ field, at }) => field === fact.field && at > fact.at)].some((one) =>
    containsFact(one, readable),
  );

const describe = ({ evidence, at, field, value }: GivenFact): string =>
  `The customer ${evidence} at ${formatClock(at)}: ${field} must be ${JSON.stringify(value)}`;
