import type { Evidence } from '../evidence/evidence.js';
import { agentsRule } from './agents.js';
import { deliveriesRule } from './deliveries.js';
import { dialingRule } from './dialing.js';
import { droppedCallsRule } from './dropped-calls.js';
import { instructionsRule } from './instructions.js';
import { leftoversRule } from './leftovers.js';
import { recordingsRule } from './recordings.js';
import { textsRule } from './texts.js';
import type { Rule, Violation } from './violation.js';
import { webhooksRule } from './webhooks.js';

export const RULES: readonly Rule[] = [
  dialingRule,
  deliveriesRule,
  droppedCallsRule,
  recordingsRule,
  instructionsRule,
  webhooksRule,
  textsRule,
  leftoversRule,
  agentsRule,
];

export interface Judgment {
  readonly rule: Rule;
  readonly violations: readonly Violation[];
}

export const judge = (evidence: Evidence): Judgment[] =>
  RULES.map((rule) => ({ rule, violations: rule.judge(evidence) }));
