import type { Instructions, ReviewReason } from '#libs/contracts/index.js';
import type { StoredWords } from '#libs/persistence/schemas/transcription/transcripts.js';
import { confidenceOf } from './confidence-of.js';

/** Below this the recogniser guesses at words. */
const SURE_WORDS = 0.6;
/** Below this the analyst guesses at what is meant. */
const SURE_FINDING = 0.7;
/** What sends an agent in vain, or a customer away, when it is wrong. */
const DECISIVE = ['present', 'safePlace', 'accessCode', 'recipient', 'reschedule', 'refused', 'optOut'] as const;

/** Why a person should look at what was understood; nothing where nobody needs to. */
export function reviewReasons(words: StoredWords | undefined, instructions: Instructions): ReviewReason[] {
  const reasons: ReviewReason[] = [];
  const sureness = words && words.text !== '' ? confidenceOf(words.segments) : undefined;
  if (sureness !== undefined && sureness < SURE_WORDS) reasons.push('unsure_words');
  if (DECISIVE.some((field) => (instructions[field]?.confidence ?? 1) < SURE_FINDING)) reasons.push('unsure_finding');
  if (instructions.needsHuman?.value === true) reasons.push('asks_for_person');
  return reasons;
}
