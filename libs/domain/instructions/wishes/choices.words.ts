import { pattern, toGlobal } from '../text/patterns.js';
import type { Language } from '#libs/domain/language/language.values.js';

/** Words for the offered choices, by language and by position in the list. */
export const CHOICES: Record<Language, readonly RegExp[]> = {
  en: [/^(first|one|1|1st)$/, /^(second|two|2|2nd)$/, /^(third|three|3|3rd)$/],
  es: [/^(primer[oa]?|uno|una|1)$/, /^(segund[oa]|dos|2)$/, /^(tercer[oa]?|tres|3)$/],
};

/** Words for the choice that was offered last. */
export const LAST_CHOICE = /^(last|ultim[oa])$/;

const CHOICE_EN = ['first', 'second', 'third', 'last', 'one', 'two', 'three', '1st', '2nd', '3rd', /[123]/] as const;
const CHOICE_ES = [
  /primer[oa]?/,
  /segund[oa]/,
  /tercer[oa]?/,
  /ultim[oa]/,
  'uno',
  'una',
  'dos',
  'tres',
  /[123]/,
] as const;
const AFTER_CHOICE_EN = /(?:one|option|choice|slot|time|window)/;
const BEFORE_CHOICE_EN = /(?:option|choice|slot|window) (?:number )?/;

/**
 * A choice that is named as one among other words: "I'd say option two". "Number one" is not enough, as it may be
 * a house. The groups are the choice, before or after the word for it.
 */
export const NAMED_CHOICE: Record<Language, RegExp> = {
  en: toGlobal(pattern`\b(?:the (${CHOICE_EN}) ${AFTER_CHOICE_EN}|${BEFORE_CHOICE_EN}(${CHOICE_EN}))\b`),
  es: toGlobal(pattern`\b(?:(?:la|el) (${CHOICE_ES}) (?:opcion|hora|fecha)|opcion (?:numero )?(${CHOICE_ES}))\b`),
};

const RULED_OUT_EN = [
  'not',
  /\w+n't/,
  'cannot',
  /(anything|any|all|everything) (but|except)/,
  'except',
  'besides',
  /(rather|other) than/,
  'instead of',
  'neither',
  'nor',
  'never',
  /no (good|use)/,
  'too (early|late|soon)',
] as const;
const RULED_OUT_ES = [
  'no',
  'ni',
  'nunca',
  'tampoco',
  'menos',
  'excepto',
  'salvo',
  'en vez de',
  'en lugar de',
  'que no sea',
  /muy (temprano|tarde|pronto)/,
] as const;

/** Words that rule a choice out, by language. */
export const RULED_OUT: Record<Language, RegExp> = {
  en: pattern`\b${RULED_OUT_EN}\b`,
  es: pattern`\b${RULED_OUT_ES}\b`,
};

const POLITE_EN = ['please', 'the', 'i', "i'd", "i'll", "i'm", 'we', "we'll", 'will', 'would', 'take'] as const;
const AGREEING_EN = [
  'yes',
  'yeah',
  'yep',
  'ok',
  'okay',
  'sure',
  'um',
  'uh',
  'well',
  'hmm',
  "let's",
  'let',
  'us',
] as const;
const VERBS_EN = [
  'do',
  'go',
  'with',
  'for',
  'have',
  'like',
  'to',
  'want',
  'prefer',
  'that',
  "that's",
  "it's",
  'is',
  'me',
] as const;
const PRAISE_EN = [/works?/, 'good', 'great', 'fine', 'best', 'better', 'perfect'] as const;
const OPTIONS_EN = ['press', 'key', 'option', 'choice', 'number', 'slot', 'time', 'window'] as const;
const CLOSING_EN = ['thanks', 'thank', 'you', 'then', 'maybe', 'just', 'can', 'could'] as const;

const POLITE_ES = ['por', 'favor', 'la', 'el', 'lo', 'opcion', 'numero', 'quiero', 'quisiera', 'prefiero'] as const;
const AGREEING_ES = [
  'mejor',
  'si',
  'vale',
  'bueno',
  'claro',
  'pues',
  'eh',
  'para',
  'mi',
  'me',
  'esta',
  'bien',
] as const;
const CLOSING_ES = ['gracias', 'entonces', 'con', 'va', 'seria', 'perfecto', 'hora', 'fecha'] as const;

/** Filler words in an answer that names a choice and nothing else: "I'd like the second one please". */
export const CHOICE_FILLERS: Record<Language, RegExp> = {
  en: pattern`^${[...POLITE_EN, ...AGREEING_EN, ...VERBS_EN, ...PRAISE_EN, ...OPTIONS_EN, ...CLOSING_EN]}$`,
  es: pattern`^${[...POLITE_ES, ...AGREEING_ES, ...CLOSING_ES]}$`,
};
