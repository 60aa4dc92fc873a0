import type { Language } from '#libs/domain/language/language.values.js';
import { fold } from '../text/fold.js';
import { matchOptOut } from './opt-out.js';

/** What a short answer during the call means, and how sure the words alone make it (0–1). */
export interface QuickMatch<T> {
  readonly value: T;
  readonly confidence: number;
}

export type CallCommand = 'repeat' | 'wait' | 'human' | 'who' | 'reschedule' | 'nothing';

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
  en: /\b(no|nope|nah|negative|incorrect|wrong|not (home|here|there|in|around|available|at home|really|right|correct)|won't|will not|can't|cannot|(i'm|i am|we're|we are|i'll be|we'll be) (out|away|at work|gone)|nobody|no one|(unfortunately|afraid|probably|definitely|certainly|of course|i guess|i think|maybe) not|don't think so|doubt it)\b/,
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
      'who',
      /\b(who('s| is| are) (calling|this|it|speaking|you)|(state|say|record) your name|what is this (about|regarding)|reason for (calling|your call)|why (are you|you're) calling)\b/,
    ],
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
      'who',
      /\b(quien (es|llama|habla|me llama)|de parte de quien|diga su nombre|(cual es el )?motivo de (su|la) llamada|por que (me )?llama)\b/,
    ],
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

/** The choices by their place in the list; `last` is the last one offered. */
const CHOICES: Record<Language, readonly RegExp[]> = {
  en: [/^(first|one|1|1st)$/, /^(second|two|2|2nd)$/, /^(third|three|3|3rd)$/],
  es: [/^(primer[oa]?|uno|una|1)$/, /^(segund[oa]|dos|2)$/, /^(tercer[oa]?|tres|3)$/],
};
const LAST = /^(last|ultim[oa])$/;
const CHOICE_WORD: Record<Language, string> = {
  en: 'first|second|third|last|one|two|three|1st|2nd|3rd|[123]',
  es: 'primer[oa]?|segund[oa]|tercer[oa]?|ultim[oa]|uno|una|dos|tres|[123]',
};
/** Unmistakable among other words: "I'd say option two". Only by number a "number one" may be a neighbour's. */
const NAMED_CHOICE: Record<Language, RegExp> = {
  en: new RegExp(
    String.raw`\b(?:the (${CHOICE_WORD.en}) (?:one|option|choice|slot|time|window)|(?:option|choice|slot|window) (?:number )?(${CHOICE_WORD.en}))\b`,
    'g',
  ),
  es: new RegExp(
    String.raw`\b(?:(?:la|el) (${CHOICE_WORD.es}) (?:opcion|hora|fecha)|opcion (?:numero )?(${CHOICE_WORD.es}))\b`,
    'g',
  ),
};
/** What may stand around a choice in an answer that says nothing else. */
const AROUND_CHOICE: Record<Language, RegExp> = {
  en: /^(please|the|i|i'd|i'll|i'm|we|we'll|will|would|take|yes|yeah|yep|ok|okay|sure|um|uh|well|hmm|let's|let|us|do|go|with|for|have|like|to|want|prefer|that|that's|it's|is|me|works?|good|great|fine|best|better|perfect|press|key|option|choice|number|slot|time|window|thanks|thank|you|then|maybe|just|can|could)$/,
  es: /^(por|favor|la|el|lo|opcion|numero|quiero|quisiera|prefiero|mejor|si|vale|bueno|claro|pues|eh|para|mi|me|esta|bien|gracias|entonces|con|va|seria|perfecto|hora|fecha)$/,
};

/**
 * Which of the offered choices was meant (0-based), or `null` if none or several. A number word counts only in an answer
 * that says nothing but a choice, or where a choice is named as one: sentences are full of codes and house numbers.
 */
export function matchChoice(text: string, language: Language, choices: number): QuickMatch<number> | null {
  const folded = fold(text).replace(/\./g, ' ').trim();
  const alone = choiceAlone(folded, language, choices);
  if (alone !== null) return { value: alone, confidence: CLEAR };
  const named = [...folded.matchAll(NAMED_CHOICE[language])].map(([, before, after]) =>
    choiceOf(before ?? after ?? '', language, choices),
  );
  const [value] = named;
  return value == null || named.some((other) => other !== value) ? null : { value, confidence: LIKELY };
}

/** The choice of an answer like "the second one please". */
function choiceAlone(folded: string, language: Language, choices: number): number | null {
  // "The second one" names one choice, not two.
  const words = folded.replace(/\b(first|second|third|last) one\b/g, '$1').split(/\s+/);
  const said = words.filter((word) => !AROUND_CHOICE[language].test(word));
  return said.length === 1 ? choiceOf(said[0] ?? '', language, choices) : null;
}

function choiceOf(word: string, language: Language, choices: number): number | null {
  const index = LAST.test(word) ? choices - 1 : CHOICES[language].findIndex((pattern) => pattern.test(word));
  return index >= 0 && index < choices ? index : null;
}

const NONE_OF_THEM: Record<Language, RegExp> = {
  en: /\b(neither|none|not any|as (it is )?planned|as (it )?is|as scheduled|while (i'm|i am|we're|we are) (out|away|gone|not there|not home)|without me|leave it (then|anyway)|(leave|keep|deliver|bring|send) it( anyway)?$|doesn't matter|don't (work|suit)|any of (them|those|these))\b/,
  es: /\b(ningun[oa]?|ninguna de|como (estaba|esta) previsto|tal como|aunque no este|de todos modos|no me sirve)\b/,
};

/** Whether the words turn all offered choices down, or ask to leave things as they are. */
export const matchNoChoice = (text: string, language: Language): boolean =>
  NONE_OF_THEM[language].test(fold(text).replace(/\./g, ' ').trim());

/** Whether the caller asks for the other language. */
export function matchLanguageSwitch(text: string, language: Language): Language | null {
  const folded = fold(text);
  if (language === 'en' && /\b(espanol|spanish)\b/.test(folded)) return 'es';
  if (language === 'es' && /\b(ingles|english)\b/.test(folded)) return 'en';
  return null;
}

const LEAVE_A_MESSAGE: Record<Language, RegExp> = {
  en: /\b(leave|record) (him |her |them |you |the (driver|courier|agent) )?a (voice |spoken )?message\b/,
  es: /\b(dejar(le)?|grabar(le)?) un mensaje\b/,
};

/** Whether the caller wants to speak a message onto a recording. */
export const asksForMessage = (text: string, language: Language): boolean => LEAVE_A_MESSAGE[language].test(fold(text));

/** Whether the words ask for no further calls. */
export const saysOptOut = (text: string): boolean => matchOptOut(fold(text)) !== null;
