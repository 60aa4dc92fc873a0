import {
  matchCommand,
  matchLanguageSwitch,
  saysOptOut,
  type CallCommand,
} from '#libs/domain/instructions/wishes/quick-match.js';
import type { Language, VoiceInput } from './model/types.js';

/** An input as the conversation understands it, before any question gives it a meaning. */
export type Answer =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'words'; readonly text: string; readonly confidence: number }
  | {
      readonly kind: 'opt_out';
      readonly source: 'keys' | 'speech';
      readonly confidence: number;
      readonly evidence: string;
    }
  | { readonly kind: 'command'; readonly command: Exclude<CallCommand, 'nothing'> }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'silence' };

/** Keys with the same meaning everywhere. */
const OPT_OUT_KEY = '9';
const REPEAT_KEY = '*';
const HUMAN_KEY = '0';
/** More words than this are an answer that happens to contain a word like "wait" or "again". */
const LONGEST_COMMAND_WORDS = 7;
/** Call screeners announce themselves before they ask who is calling. */
const LONGEST_SCREENING_WORDS = 40;

export function interpret(input: VoiceInput, language: Language): Answer {
  if (input.kind === 'digits') return interpretKeys(input.digits);
  if (input.kind === 'recording_done' && input.digits) return interpretKeys(input.digits);
  if (input.kind !== 'speech') return { kind: 'silence' };
  const text = input.text.trim();
  if (text === '') return { kind: 'silence' };
  // Opting out needs no confidence: to stop by mistake is the smaller harm.
  if (saysOptOut(text)) return { kind: 'opt_out', source: 'speech', confidence: input.confidence, evidence: text };
  const switchTo = matchLanguageSwitch(text, language);
  if (switchTo) return { kind: 'language', language: switchTo };
  const command = matchCommand(text, language);
  const mostWords = command === 'who' ? LONGEST_SCREENING_WORDS : LONGEST_COMMAND_WORDS;
  if (command && command !== 'nothing' && text.split(/\s+/).length <= mostWords) {
    return { kind: 'command', command };
  }
  return { kind: 'words', text, confidence: input.confidence };
}

function interpretKeys(digits: string): Answer {
  if (digits.includes(OPT_OUT_KEY)) return { kind: 'opt_out', source: 'keys', confidence: 1, evidence: digits };
  const key = digits.charAt(0);
  if (key === '') return { kind: 'silence' };
  if (key === REPEAT_KEY) return { kind: 'command', command: 'repeat' };
  if (key === HUMAN_KEY) return { kind: 'command', command: 'human' };
  return { kind: 'key', key };
}
