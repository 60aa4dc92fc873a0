import type { Reading, Span } from '../reading/reader.js';
import { pattern } from '../text/patterns.js';

/** Number of words before and after a span that show whether it is hypothetical, habitual or past. */
const WORDS_BEFORE = 9;
const WORDS_AFTER = 7;

/** Words that make a span hypothetical, past or reported. Folded, as all words of this file. */
const PAST_OR_THOUGHT = pattern`\b${[
  /i thought (?:about|of)/,
  /(?:i |we )?(?:was|were) (?:going to|gonna|supposed to|thinking|planning)/,
  /(?:i'd|i would) (?:normally|usually)/,
  'used to',
  'keeps saying',
  /pense en/,
  'pensaba',
  /(?:yo )?decia que/,
  'i was saying',
  /(?:will|'ll|might|may|going to|gonna) (?:tell|say)(?: you)?/,
  /(?:le|te|les) (?:va|van) a decir/,
  /(?:me|nos) ofreci\w+/,
  /offered (?:me|us|to)/,
  'i wish i could',
  'ojala pudiera',
  /(?:got|was|were|been) left/,
  /(?:llegaron|vinieron|pasaron|came|showed up|turned up) (?:a|at)/,
  /(?:said|told me|told us|dijo|dijeron) (?:\w+ ){0,6}(?:would|iba|iban)/,
  /(?:iba|iban) a (?:llegar|venir|entregar)/,
  /you (?:already )?(?:put|left|dropped) (?:it |one |them )?(?:already )?/,
  /iba a (?:decir|pedir)\w*/,
]}\b`;
/** Words directly before a person who got an earlier parcel: "last time you gave it to my brother". */
const WAS_GIVEN =
  /\b(?:(?:gave|handed|dieron|entregaron|dejaron)(?: (?:it|that|this|them|mine|one))?|left (?:it|that|this|them|mine|one)) (?:to|with|a|con)$/;
/** Words that state where a dog is: "he's out back in the morning". */
const OF_A_DOG = /\b(?:dog|perro|perra)(?:'s)? (?:\w+ ){0,6}(?:he's|she's|it's|esta|anda) (?:\w+ ){0,2}/;
/** What is so most of the time. It counts, unless a contrast follows. */
const USUAL = pattern`\b${[/i (?:said|told (?:you|them|him|her))/, /(?:yo )?(?:les |le )?dije que/, /(?:he|she|they) (?:says?|thinks?|reckons?|hopes?)/, 'supposed to', /(?:dice|dicen|cree|creen) que/, 'a lo mejor', /(?:i'd|i would) say/, 'usually', 'normally', 'most days', 'normalmente', 'generalmente', 'por lo general', 'por lo regular', 'casi siempre', "i'd love", 'i would love', 'me hubiera gustado']}\b`;
const CONTRAST = pattern`\b${['but', 'except', 'not today', 'pero', 'solo que', 'nomas que', 'ya no', 'nada mas que']}\b`;
/** Words directly after a place or a person that withdraw it. */
const WITHDRAWAL = pattern`^${[
  'mejor no',
  'no mejor no',
  'better not',
  'actually no',
  'no actually',
  'no no',
  'digo no',
  /(?:no )?on second thoughts?/,
  /porque no quiero eso/,
  /because i (?:don't|do not) want (?:that|it)/,
]}\b`;
/** A few words after a place or a person, that they were named by mistake. */
const RECONSIDERED = /^(?:\w+ ){1,4}no,? (?:hang on|hold on|wait)\b/;
/** Words after a person by which they take nothing. */
const TAKES_NOTHING = pattern`\b${[
  /(?:can't|cannot|won't|will not|not allowed to) (?:take|accept|receive|sign)/,
  /no (?:puede|pueden|va a|debe) (?:recibir|firmar|agarrar)\w*/,
  /(?:xq|porque|que|pero) (?:ya )?no recibe\w*/,
  /(?:pero|but) (?:ahorita |ahora )?(?:andan? (?:en|de|fuera|por)|esta de viaje|estan de viaje)/,
  /but (?:he's|she's|they're) (?:away|abroad|out of town|travell?ing|visiting|on vacation|on holiday|gone)/,
  /a (?:ella|el|ellos) no/,
  /^(?:\w+ )?no (?:esta|estan|va a estar|estara)(?: |$)/,
  /^(?:is|are|esta|estan) (?:closed|shut|cerrad\w+)/,
  /^(?:isn't|is not|won't be|will not be|aren't) (?:\w+ )?(?:here|in|home|there|around)/,
  /^(?:will|'ll|might|may) (?:tell|say)/,
  /^(?:se )?(?:ofrecio|offered)(?: \w+){0,4} (?:pero|but)/,
  /ya (?:se )?(?:mudo|cambio|murio|fue|no vive|cerro|no recibe)/,
  /(?:moved|passed) (?:out|away)/,
  /(?:and )?then (?:he|she|they) opens? (?:them|it)/,
]}\b`;

/**
 * Whether the words around a span make it hypothetical, past, about a dog, or habitual with an exception this time: "my
 * wife usually gets home at five, but …", "I thought about the balcony".
 */
export function isHypothetical({ tokens }: Reading, { from, to }: Pick<Span, 'from' | 'to'>): boolean {
  const words = tokens.map(({ text }) => text);
  const before = sinceStatement(words.slice(Math.max(0, from - WORDS_BEFORE), from));
  const governing = [...before, ...words.slice(from, to)].join(' ');
  if (WAS_GIVEN.test(before.join(' '))) return true;
  if (PAST_OR_THOUGHT.test(governing) || OF_A_DOG.test(governing)) return true;
  return USUAL.test(governing) && CONTRAST.test(words.slice(to).join(' '));
}

/** Whether the words directly after a place or person withdraw it. */
export function isWithdrawn({ tokens }: Reading, { to }: Pick<Span, 'from' | 'to'>): boolean {
  const after = tokens.slice(to).map(({ text }) => text);
  const said = after.slice(after[0] === ',' ? 1 : 0).join(' ');
  return WITHDRAWAL.test(said) || RECONSIDERED.test(said);
}

/** Sarcasm: "oh sure, leave it in the rain again". Folded. */
const SARCASM =
  /\b(?:[uah]y|oh) (?:si )?(?:claro|sure|great|wonderful|que bonito|como no)\b|\bsi claro (?:dejen|deje|tiren|avienten)\w*|\bque (?:buen|excelente|gran) servicio\b|\bare you kidding\b/;

/** Whether the words are sarcastic, so that the wishes in them are not meant. */
export const isSarcasm = (folded: string): boolean => SARCASM.test(folded);

/** Whether a time is part of sarcasm: "oh sure, I'll sit here all day. No, after two." */
export function isSarcastic({ tokens }: Reading, { from }: Pick<Span, 'from' | 'to'>): boolean {
  const before = tokens.slice(0, from).map(({ text }) => text);
  const turn = before.findLastIndex((word) =>
    /^(?:no|but|pero|seriously|serio|bet|anyway|anyways|fin|yeah|i'm|we're|estoy|estamos)$/.test(word),
  );
  return isSarcasm(before.slice(turn + 1).join(' '));
}

/** Whether the words after a person state that this person does not take the parcel this time. */
export function declinesParcel({ tokens }: Reading, { to }: Pick<Span, 'from' | 'to'>): boolean {
  const all = tokens.slice(to).map(({ text }) => text);
  const after = all.slice(0, WORDS_AFTER).join(' ');
  const isUsual = USUAL.test(after) && CONTRAST.test(all.join(' '));
  return (
    TAKES_NOTHING.test(all.slice(0, 16).join(' ')) ||
    /^(?:\w+ ){0,3}(?:used to|keeps? saying|antes me|(?:me|nos) (?:lo |los |la |las )?recibian?)\b/.test(after) ||
    isUsual
  );
}

/** Returns the words after the last punctuation mark or connective that begins another statement. */
function sinceStatement(words: readonly string[]): readonly string[] {
  const opening = words.findLastIndex((word) => /^(?:[.;!?]|but|pero|so|sino)$/.test(word));
  return words.slice(opening + 1);
}
