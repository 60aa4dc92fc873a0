import { clipText } from '#libs/contracts/fields/index.js';
import type { Verb, VoiceInput } from '#libs/domain/voice-flow/index.js';
import type { StoredHeard } from '#libs/persistence/schemas/telephony/call-logs.js';

/** The contract takes this much of an utterance. */
const MOST_CHARACTERS = 2000;

const cut = (text: string): string => clipText(text, MOST_CHARACTERS);

/** Stands for what is kept nowhere but where it belongs. */
const COVERED = '••••';

/**
 * What came from the customer's side, as it is kept for people to read.
 * @param isSecret it answers the question for a code
 */
export function heardOf(input: VoiceInput, isSecret: boolean): StoredHeard {
  const heard = heardAsItWas(input);
  return isSecret && heard.text !== undefined ? { ...heard, text: COVERED } : heard;
}

function heardAsItWas(input: VoiceInput): StoredHeard {
  switch (input.kind) {
    case 'speech':
      return { kind: 'speech', text: cut(input.text), confidence: Math.min(1, Math.max(0, input.confidence)) };
    case 'digits':
      return { kind: 'keys', text: cut(input.digits) };
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

/** The sentences the customer hears, in their order. */
export function saidBy(verbs: readonly Verb[]): string[] {
  return verbs.flatMap((verb) => {
    if (verb.kind === 'say') return [cut(verb.text)];
    return verb.kind === 'gather' ? verb.prompt.map(({ text }) => cut(text)) : [];
  });
}
