import { clipText } from '#libs/contracts/fields/index.js';
import type { Verb, VoiceInput } from '#libs/domain/voice-flow/index.js';
import type { StoredHeard } from '#libs/persistence/schemas/telephony/call-logs.js';

/** Maximum length of an utterance in the contract, in characters. */
const MAX_UTTERANCE_LENGTH = 2000;

const clip = (text: string): string => clipText(text, MAX_UTTERANCE_LENGTH);

/** Stored instead of an access code, which is kept only in the instructions. */
const MASK = '••••';

/**
 * Maps a caller input to the stored form that dispatchers read.
 * @param isSecret whether the input answers the question for an access code
 */
export function toStoredHeard(input: VoiceInput, isSecret: boolean): StoredHeard {
  const heard = toHeard(input);
  return isSecret && heard.text !== undefined ? { ...heard, text: MASK } : heard;
}

function toHeard(input: VoiceInput): StoredHeard {
  switch (input.kind) {
    case 'speech':
      return { kind: 'speech', text: clip(input.text), confidence: Math.min(1, Math.max(0, input.confidence)) };
    case 'digits':
      return { kind: 'keys', text: clip(input.digits) };
    case 'recording_done':
      return { kind: 'message' };
    case 'call_answered':
    case 'machine_beep':
      return { kind: 'pickup' };
    case 'silence':
    case 'taken_over':
    case 'transfer_ended':
    case 'hung_up':
      return { kind: 'silence' };
  }
}

/** Lists the sentences that the customer hears, in order. */
export function toSentences(verbs: readonly Verb[]): string[] {
  return verbs.flatMap((verb) => {
    if (verb.kind === 'say') return [clip(verb.text)];
    return verb.kind === 'gather' ? verb.prompt.map(({ text }) => clip(text)) : [];
  });
}
