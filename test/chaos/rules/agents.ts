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
    const textedTwice = (deliveryId: string): boolean =>
      ledger.texts.filter(({ from }) => from === plans.get(deliveryId)?.phone).length > 1;
    return agents
      .flatMap((agent) => [...findGaps(agent), ...findRepetitions(agent, textedTwice)])
      .map(({ deliveryId, ...violation }) => {
        const plan = plans.get(deliveryId ?? '');
        return { ...violation, ...(plan ? { reference: plan.reference, persona: plan.persona.name } : {}) };
      });
  },
};

type Found = Violation & { readonly deliveryId?: string };

function findGaps({ name, messages }: AgentEvidence): Found[] {
  const bySequence = Map.groupBy(messages, ({ sequence }) => sequence);
  const last = Math.max(0, ...bySequence.keys());
  const found: Found[] = [];
  for (let sequence = 1; sequence <= last; sequence += 1) {
    const same = bySequence.get(sequence) ?? [];
    if (same.length === 0) found.push({ damage: 'lost', sentence: `${name} has no message ${sequence} of ${last}.` });
    if (new Set(same.map(({ messageId }) => messageId)).size > 1)
      found.push({ damage: 'doubled', sentence: `${name} has ${same.length} messages with sequence ${sequence}.` });
  }
  return found;
}

/**
 * Two consecutive messages of a delivery with the same content tell the agent nothing new. A customer whose text was
 * accepted but not answered sends it again; then two such messages are right.
 */
function findRepetitions({ name, messages }: AgentEvidence, textedTwice: (deliveryId: string) => boolean): Found[] {
  const toContent = (message: AgentEvidence['messages'][number]): string =>
    JSON.stringify([message.messageKind, message.summary, message.instructions, message.transcript]);
  return [...Map.groupBy(messages, ({ deliveryId }) => deliveryId)].flatMap(([deliveryId, all]) => {
    if (textedTwice(deliveryId)) return [];
    const ordered = all.toSorted((one, other) => one.sequence - other.sequence);
    return ordered.slice(1).flatMap((message, index) => {
      const before = ordered[index];
      if (before === undefined || toContent(before) !== toContent(message)) return [];
      const sentence =
        `${name} received the same content twice: messages ${before.sequence} (${formatClock(before.receivedAt)}) and ` +
        `${message.sequence} (${formatClock(message.receivedAt)}), “${message.summary}”.`;
      return [{ damage: 'doubled', deliveryId, sentence } as const];
    });
  });
}
