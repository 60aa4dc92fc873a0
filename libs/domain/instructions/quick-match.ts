import { fold } from './fold.js';
import { matchOptOut } from './opt-out.js';

/** What a short answer during the call means, and how sure the words alone make it (0–1). */
export interface QuickMatch<T> {
  readonly value: T;
  readonly confidence: number;
}

export type CallCommand = 'repeat' | 'wait' | 'human' | 'reschedule' | 'nothing';
type Language = 'en' | 'es';

const CLEAR = 0.97;
/** The word is there, but in a sentence that may say more. */
const LIKELY = 0.8;
/** Both sides are there: ask. */
const MIXED = 0.4;

const YES: Record<Language, RegExp> = {
  en: /\b(yes|yeah|yep|yup|sure|correct|right|absolutely|definitely|of course|certainly|okay|ok|that's fine|that works|sounds good|perfect|(i am|i'm|i will|i'll|we are|we're|we will|we'll|somebody|someone)( will| is)?( be)? (home|here|there|in|around|at home))\b/,
  es: /\b(si|claro|correcto|por supuesto|desde luego|vale|de acuerdo|esta bien|perfecto|exacto|(estoy|estare|estaremos|estamos|voy a estar|vamos a estar|habra alguien)( en casa| ahi| aqui)?)\b/,
};

const NO: Record<Language, RegExp> = {
  en: /\b(no|nope|nah|negative|incorrect|wrong|not (home|here|there|in|around|available|at home|really|right|correct)|won't|will not|can't|cannot|(i'm|i am|we're|we are|i'll be|we'll be) (out|away|at work|gone)|nobody|no one)\b/,
  es: /\b(no|negativo|incorrecto|nadie|tampoco|estoy fuera|estare fuera|estoy trabajando)\b/,
};

/** Words that contain a "no" or "yes" without being one. */
const NOT_AN_ANSWER: Record<Language, RegExp> = {
  en: /\b(no problem|no worries|not a problem|no need|i don't know|i'm not sure|i am not sure|not sure)\b/g,
  es: /\b(no hay problema|no pasa nada|no se|no estoy segur[oa])\b/g,
};

/** Yes or no, or `null` if the words are neither. "No problem" is a yes. */
export function matchYesNo(text: string, language: Language): QuickMatch<boolean> | null {
  const folded = fold(text).trim();
  const idioms = folded.match(NOT_AN_ANSWER[language]) ?? [];
  if (idioms.some((idiom) => /sure|know|segur|no se/.test(idiom))) return null;
  const rest = folded.replace(NOT_AN_ANSWER[language], ' ');
  // "Won't be home" contains "be home": what is denied is no yes.
  const no = NO[language].test(rest);
  const yes = YES[language].test(rest.replace(/\b(won't|not|never|can't|cannot|nobody|no one|nadie|no)\b.*$/, ' '));
  const short = folded.split(/\s+/).length <= 4;
  if (yes && no) return { value: !/^\s*no\b/.test(rest), confidence: MIXED };
  if (yes) return { value: true, confidence: short ? CLEAR : LIKELY };
  if (no) return { value: false, confidence: short ? CLEAR : LIKELY };
  return idioms.length > 0 ? { value: true, confidence: LIKELY } : null;
}

const COMMANDS: Record<Language, readonly (readonly [CallCommand, RegExp])[]> = {
  en: [
    [
      'human',
      /\b(speak|talk) (to|with) (a |an |the |some)?(human|person|agent|representative|operator|somebody|someone|dispatcher)|\boperator\b|\bhuman being\b|\breal person\b/,
    ],
    [
      'reschedule',
      /\b(reschedule|another (day|time|date)|(a )?different (day|time|date)|some other (day|time)|postpone|change the (day|date|time))\b/,
    ],
    [
      'wait',
      /\b(hold on|hang on|one moment|one second|just a (moment|second|minute|sec)|give me a (moment|second|minute|sec)|wait)\b/,
    ],
    [
      'repeat',
      /\b(repeat|say (that|it) again|come again|pardon|what did you say|once more|one more time|i didn't (hear|catch|get)|sorry what)\b|^(sorry|what|huh|excuse me)$/,
    ],
    ['nothing', /^(no )?(thank you|thanks|nothing( else)?|that's (it|all)|that is all|nope|no)( thank you| thanks)?$/],
  ],
  es: [
    [
      'human',
      /\b(hablar con|comuniqueme con|paseme (a|con)) (una? )?(persona|agente|operador|operadora|alguien|representante)\b|\boperador[a]?\b/,
    ],
    [
      'reschedule',
      /\b(reprogramar|otro (dia|momento|horario)|otra (fecha|hora)|cambiar (el dia|la fecha|la hora)|aplazar|posponer)\b/,
    ],
    ['wait', /\b(espere|espera|un momento|un segundo|un minuto|momentito)\b/],
    [
      'repeat',
      /\b(repita|repite|repetir|otra vez|de nuevo|como dijo|no (le )?(oi|escuche|entendi)|perdon)\b|^(como|que|mande)$/,
    ],
    ['nothing', /^(no )?(gracias|nada( mas)?|eso es todo|no)( gracias)?$/],
  ],
};

/** A word to the conversation itself rather than an answer; the first that fits. */
export function matchCommand(text: string, language: Language): CallCommand | null {
  const folded = fold(text).trim();
  return COMMANDS[language].find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

const ORDINALS: Record<Language, readonly RegExp[]> = {
  en: [/\b(first|one|1|number one)\b/, /\b(second|two|2|number two)\b/, /\b(third|three|3|number three|last)\b/],
  es: [/\b(primer[oa]?|uno|una|1)\b/, /\b(segund[oa]|dos|2)\b/, /\b(tercer[oa]?|tres|3|ultim[oa])\b/],
};

/** Which of the offered choices was meant (0-based), or `null` if none or several. */
export function matchChoice(text: string, language: Language, choices: number): QuickMatch<number> | null {
  const folded = fold(text);
  const named = ORDINALS[language].slice(0, choices).flatMap((pattern, index) => (pattern.test(folded) ? [index] : []));
  const [value, another] = named;
  if (value === undefined || another !== undefined) return null;
  return { value, confidence: folded.trim().split(/\s+/).length <= 4 ? CLEAR : LIKELY };
}

/** Whether the caller asks for the other language. */
export function matchLanguageSwitch(text: string, language: Language): Language | null {
  const folded = fold(text);
  if (language === 'en' && /\b(espanol|spanish)\b/.test(folded)) return 'es';
  if (language === 'es' && /\b(ingles|english)\b/.test(folded)) return 'en';
  return null;
}

/** Whether the words ask for no further calls. */
export const saysOptOut = (text: string): boolean => matchOptOut(fold(text)) !== null;
