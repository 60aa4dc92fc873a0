import {
  matchCommand,
  matchLanguageSwitch,
  isOptOutRequest,
  isWrongNumber,
  type CallCommand,
} from '#libs/domain/instructions/wishes/quick-match.js';
import type { Language, VoiceInput } from '../model/types.js';

/** An input, classified independently of the question that was asked. */
export type Answer =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'words'; readonly text: string; readonly confidence: number }
  | {
      readonly kind: 'opt_out';
      readonly source: 'keys' | 'speech';
      readonly confidence: number;
      readonly evidence: string;
    }
  /** The callee says that the number is not the customer's. */
  | { readonly kind: 'wrong_number'; readonly text: string; readonly confidence: number }
  | { readonly kind: 'command'; readonly command: Exclude<CallCommand, 'nothing'>; readonly text: string }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'silence' };

/** Keys that mean the same at every step. */
const OPT_OUT_KEY = '9';
const REPEAT_KEY = '*';
const HUMAN_KEY = '0';
/** Maximum words of a spoken command; a longer answer only mentions a command word such as "wait" or "again". */
const MAX_COMMAND_WORDS = 7;
/** Maximum words of "who is calling?": call screeners introduce themselves before they ask it. */
const MAX_SCREENING_WORDS = 40;

/** "I don't need another day" asks for none. */
const DECLINED_CHANGE = /\b(?:not|don['’]t|won['’]t|no (?:quiero|necesito|hace falta))\b/i;

/** Classifies an input as a key, words, an opt-out, a command, a change of language or silence. */
export function interpret(input: VoiceInput, language: Language, customerName?: string): Answer {
  if (input.kind === 'digits') return interpretKeys(input.digits);
  if (input.kind === 'recording_done' && input.digits) return interpretKeys(input.digits);
  if (input.kind !== 'speech') return { kind: 'silence' };
  const text = input.text.trim();
  if (text === '') return { kind: 'silence' };
  if (isWrongNumber(text, customerName)) return { kind: 'wrong_number', text, confidence: input.confidence };
  // An opt-out needs no minimum confidence: an opt-out by mistake does less harm than another call.
  if (isOptOutRequest(text)) return { kind: 'opt_out', source: 'speech', confidence: input.confidence, evidence: text };
  const newLanguage = matchLanguageSwitch(text, language);
  if (newLanguage) return { kind: 'language', language: newLanguage };
  const command = matchCommand(text, language);
  const maxWords = command === 'who' ? MAX_SCREENING_WORDS : MAX_COMMAND_WORDS;
  const isCommand = command && command !== 'nothing' && text.split(/\s+/).length <= maxWords;
  if (isCommand && !(command === 'reschedule' && DECLINED_CHANGE.test(text))) return { kind: 'command', command, text };
  return { kind: 'words', text, confidence: input.confidence };
}

function interpretKeys(digits: string): Answer {
  if (digits.includes(OPT_OUT_KEY)) return { kind: 'opt_out', source: 'keys', confidence: 1, evidence: digits };
  const key = digits.charAt(0);
  if (key === '') return { kind: 'silence' };
  if (key === REPEAT_KEY) return { kind: 'command', command: 'repeat', text: key };
  if (key === HUMAN_KEY) return { kind: 'command', command: 'human', text: key };
  return { kind: 'key', key };
}
