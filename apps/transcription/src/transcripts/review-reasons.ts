import type { Instructions, ReviewReason } from '#libs/contracts/index.js';
import type { StoredWords } from '#libs/persistence/schemas/transcription/transcripts.js';
import { computeMeanConfidence } from './mean-confidence.js';

/** Confidence below which the words are considered a guess of the recognizer. */
const MIN_WORDS_CONFIDENCE = 0.6;
/** Confidence below which a finding is considered a guess of the analyst. */
const MIN_FINDING_CONFIDENCE = 0.7;
/** Fields that cause a failed delivery or annoy the customer when they are wrong. */
const DECISIVE_FIELDS = ['present', 'safePlace', 'accessCode', 'recipient', 'reschedule', 'refused', 'optOut'] as const;

/**
 * Finds the reasons why a dispatcher must review the instructions.
 * @returns an empty array if no review is needed
 */
export function findReviewReasons(words: StoredWords | undefined, instructions: Instructions): ReviewReason[] {
  const reasons: ReviewReason[] = [];
  const wordsConfidence = words && words.text !== '' ? computeMeanConfidence(words.segments) : undefined;
  if (wordsConfidence !== undefined && wordsConfidence < MIN_WORDS_CONFIDENCE) reasons.push('unsure_words');
  if (DECISIVE_FIELDS.some((field) => (instructions[field]?.confidence ?? 1) < MIN_FINDING_CONFIDENCE))
    reasons.push('unsure_finding');
  if (instructions.needsHuman?.value === true) reasons.push('asks_for_person');
  if ((instructions.questions?.value.length ?? 0) > 0) reasons.push('unclear_words');
  // Words alone neither end nor move a delivery: a dispatcher confirms it.
  if (instructions.refused?.value === true || instructions.reschedule) reasons.push('unconfirmed_decision');
  return reasons;
}
