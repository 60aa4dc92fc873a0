import type { AgentEvidence, Evidence } from '../evidence/evidence.js';
import type { Rule, Violation } from './violation.js';
import { formatClock } from './violation.js';

/** An agent's inbox contains every message once, without gaps, and never the same content twice in a row. */
export const agentsRule: Rule = {
  number: 9,
  title: 'agents: each message once, without gaps',
  judge: ({ agents, deliveries, ledger }: Evidence) => {
    const plans = new Map(
      deliveries.flatMap(({ listed, plan }) => listed.map(({ deliveryId }) => [deliveryId, plan] as const)),
    );
    const hasTextedTwice = (deliveryId: string): boolean =>
      ledger.texts.filter(({ from }) => from === plans.get(deliveryId)?.phone).length > 1;
    return agents
      .flatMap((agent) => [...findGaps(agent), ...findRepetitions(agent, hasTextedTwice)])
      .map(({ deliveryId, ...violation }) => {
        const plan = plans.get(deliveryId ?? '');
        return { ...violation, ...(plan ? { reference: plan.reference, persona: plan.persona.name } : {}) };
      });
  },
};

type AgentViolation = Violation & { readonly deliveryId?: string };

function findGaps({ name, messages }: AgentEvidence): AgentViolation[] {
  const bySequence = Map.groupBy(messages, ({ sequence }) => sequence);
  const last = Math.max(0, ...bySequence.keys());
  const violations: AgentViolation[] = [];
  for (let sequence = 1; sequence <= last; sequence += 1) {
    const messagesOfSequence = bySequence.get(sequence) ?? [];
    if (messagesOfSequence.length === 0)
      violations.push({ damage: 'lost', sentence: `${name} has no message ${sequence} of ${last}.` });
    if (new Set(messagesOfSequence.map(({ messageId }) => messageId)).size > 1)
      violations.push({
        damage: 'doubled',
        sentence: `${name} has ${messagesOfSequence.length} messages with sequence ${sequence}.`,
      });
  }
  return violations;
}

/**
 * Two consecutive messages of a delivery with the same content are a duplicate. Exception: a customer whose text was
 * accepted but got no reply sends it again, so two such messages are correct.
 */
function findRepetitions(
  { name, messages }: AgentEvidence,
  hasTextedTwice: (deliveryId: string) => boolean,
): AgentViolation[] {
  const toContent = (message: AgentEvidence['messages'][number]): string =>
    JSON.stringify([message.messageKind, message.summary, message.instructions, message.transcript]);
  return [...Map.groupBy(messages, ({ deliveryId }) => deliveryId)].flatMap(([deliveryId, all]) => {
    if (hasTextedTwice(deliveryId)) return [];
    const ordered = all.toSorted((one, other) => one.sequence - other.sequence);
    return ordered.slice(1).flatMap((message, index) => {
      const previous = ordered[index];
      if (previous === undefined || toContent(previous) !== toContent(message)) return [];
      const sentence =
        `${name} received the same content twice: messages ${previous.sequence} (${formatClock(previous.receivedAt)}) and ` +
        `${message.sequence} (${formatClock(message.receivedAt)}), “${message.summary}”.`;
      return [{ damage: 'doubled', deliveryId, sentence } as const];
    });
  });
}
