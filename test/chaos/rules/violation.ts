import type { DeliveryEvidence, Evidence } from '../evidence/evidence.js';

/**
 * `disordered`: nothing is missing, but it arrived after its successor. It is counted separately and does not affect
 * the exit code.
 */
export type Damage = 'lost' | 'doubled' | 'unlawful' | 'disordered';

/** A violated guarantee, with a sentence that states what was expected and what was observed. */
export interface Violation {
  readonly damage: Damage;
  readonly reference?: string;
  readonly persona?: string;
  readonly sentence: string;
}

/** One guarantee, judged on evidence alone. */
export interface Rule {
  readonly number: number;
  readonly title: string;
  readonly judge: (evidence: Evidence) => Violation[];
}

export const toViolation = ({ plan }: DeliveryEvidence, damage: Damage, sentence: string): Violation => ({
  damage,
  reference: plan.reference,
  persona: plan.persona.name,
  sentence,
});

/** Formats an instant as "14:03:22.123 UTC". */
export const formatClock = (at: number | undefined): string =>
  at === undefined ? 'never' : `${new Date(at).toISOString().slice(11, 23)} UTC`;
