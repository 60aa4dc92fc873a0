import type { DeliveryEvidence, Evidence } from '../evidence/evidence.js';

/** `disordered`: nothing is missing, but it came after what followed it. Counted apart: the exit code is that of the others. */
export type Damage = 'lost' | 'doubled' | 'unlawful' | 'disordered';

/** A promise that was broken, in a sentence that names what was expected and what was seen. */
export interface Violation {
  readonly damage: Damage;
  readonly reference?: string;
  readonly persona?: string;
  readonly sentence: string;
}

/** One promise, judged on evidence alone. */
export interface Rule {
  readonly number: number;
  readonly title: string;
  readonly judge: (evidence: Evidence) => Violation[];
}

export const about = ({ plan }: DeliveryEvidence, damage: Damage, sentence: string): Violation => ({
  damage,
  reference: plan.reference,
  persona: plan.persona.name,
  sentence,
});

/** "14:03:22.123 UTC". */
export const clock = (at: number | undefined): string =>
  at === undefined ? 'never' : `${new Date(at).toISOString().slice(11, 23)} UTC`;
