import type { Intent } from '../reading/labels.js';

/**
 * Minimum likelihood of each intent in the whole text, 0–1, at which precision equals recall on held-out utterances. A
 * rare intent has a low threshold, because its prior probability is low.
 */
export const INTENT_THRESHOLDS: Readonly<Record<Intent, number>> = {
  home: 0.5,
  away: 0.5,
  refuse: 0.25,
  opt_out: 0.4,
  reschedule: 0.3,
  keep: 0.3,
  pickup: 0.2,
  call_ahead: 0.15,
  human: 0.25,
  wrong_person: 0.3,
  yes: 0.5,
  no: 0.5,
  unsure: 0.3,
  dog: 0.15,
  ice: 0.1,
  stairs: 0.15,
  gate: 0.25,
  hazard: 0.2,
  fragile: 0.1,
  signature: 0.1,
  attended: 0.15,
  ring: 0.15,
  no_ring: 0.2,
  handling: 0.4,
};

/**
 * Minimum likelihood of an intent in a passage of a long text, 0–1. Omitted intents are decided by the whole text: a
 * refusal or presence in one passage may be withdrawn in the next.
 */
export const PASSAGE_THRESHOLDS: Readonly<Partial<Record<Intent, number>>> = {
  opt_out: 0.95,
  call_ahead: 0.6,
  human: 0.6,
  wrong_person: 0.8,
  dog: 0.3,
  ice: 0.3,
  stairs: 0.3,
  gate: 0.8,
  fragile: 0.3,
  signature: 0.4,
  attended: 0.3,
  ring: 0.7,
  no_ring: 0.4,
  handling: 0.8,
};

/** Minimum confidence of a span, 0–1. */
export const SPAN_THRESHOLD = 0.5;

/** The confidence of an intent exactly at its threshold. */
const LEAST_CONFIDENCE = 0.8;

/** Maps the likelihood of an intent at or above its threshold to a confidence, 0–1. */
export const toConfidence = (likelihood: number, threshold: number): number =>
  LEAST_CONFIDENCE + ((1 - LEAST_CONFIDENCE) * Math.max(0, likelihood - threshold)) / (1 - threshold);
