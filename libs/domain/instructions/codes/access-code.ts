import { readAnnouncedCode } from './announced-code.js';
import { fold } from '../text/fold.js';
import { readPiece, skipGlue, tokenize, type Token } from './spoken-digits.js';
import type { Found } from '../model/types.js';

interface CodeSequence {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

interface Candidate extends CodeSequence {
  readonly confidence: number;
}

/** What names a code that opens something; the group is the kind of code, if one is said. */
const CODE_WORD =
  /\b((?:[a-z]+ )?)(codes?|pass ?codes?|pin(?: number)?|combination|combo|key ?pad|key ?code|passwords?|codigo|clave|contrasena|combinacion)\b/g;
const OTHER_KIND_OF_CODE =
  /^(zip|post|postal|area|promo|promotion|discount|coupon|order|tracking|confirmation|reference|verification|qr|bar|country|dress|voucher|color|colour|delivery|alarm|product|item|customer|account|dialing|sort|security question|wifi|wi fi|fi|email|login|my account|booking|postcode)? ?$/;
const NO_CODE =
  /\b(no|without|don't (have|need|know)( a| the| any)*|doesn't (have|need)( a)*|isn't (a|any)|not (a|the)|forgot the|sin|no hay|ningun)( \w+)? ?$/;

/** After these a number is an address, a person's or a thing's, or a time. */
const NUMBER_OF_SOMETHING =
  /\b((apartment|apt|flat|unit|house|number|suite|room|floor|building|block|level|street|for|after|before|until|till|between|around|at about|apartamento|departamento|depto|piso|casa|despues de|antes de|hasta)|(number|order|phone|mobile|cell|zip|postcode|invoice|parcel|numero|telefono)( is| es| number)+) ?$/;
const AFTER_NO_CODE =
  /^ ?(a\.? ?m\b|p\.? ?m\b|o'?clock|minutes?|hours?|digits?|in the (morning|afternoon|evening)|minutos|horas|digitos|(\w+ )?(street|avenue|road|lane|drive|boulevard|court|calle|avenida)\b)/;

/** What says, right after a number, that it opens something. */
const OPENS =
  /^ ?(is (the|our|my) (\w+ )?(code|pin|combination|passcode)|(will )?(opens?|unlocks?)\b|(gets|lets) you in|to (open|unlock|get (in|into|through|past)|enter|access)|(on|at|in|into) the (key ?pad|lock ?box|lock|key ?box|panel|pad|call box)|gets you (in|into|through)|for the ((front|back|side|main|lobby|building) )?(gate|lock ?box|lock|key ?pad|key ?safe|entrance|door)\b|abre\b|para (abrir|entrar))/;
const KEYED = /\b(enter|punch|punch in|type|type in|key in|put in|use|press|tap|tap in|marque|teclee|ponga)( in)? ?$/;

/** "The box opens with …", "at the gate punch in …", "if the gate is locked use …". */
const OPENED_BY =
  /\b(lock ?box|lock|gate|door|padlock|garage|shed)[^.]{0,30}\b(opens|unlocks) (with|by|using|by (entering|pressing)|if you (press|enter|use)) ?$|\b(gate|door|entrance|lobby|building|garage|key ?pad|lock ?box|lock)\b[^.]{0,30}\b(type in|punch in|key in|tap in) ?$|\b(gate|door|entrance|lobby|building)('s| is) (always |usually |normally )?(closed|locked|shut)[^.]{0,12} (use|press|enter|punch in|type|type in|key in|put in) ?$/;

/** "The old code was … but now it's …". */
const NOW_IT_IS = /\b(now|these days|ahora|the new (one|code))( (it's|its|it is|is|es|it'll be))* ?$/;
/** "To get in the gate it's …". */
const TO_GET_IN =
  /\b(to (get (in|into|through|past)|open|enter|unlock)|para (entrar|abrir))\b[^.]{0,30}\b(it's|its|is|use|es|marque|press|enter|type|punch in) ?$/;

/** What sounds a bell or a phone instead of opening. */
const CALLS = /\b(buzz|ring|dial|call|toque)( \w+){0,2} ?$/;

const NAMED_CONFIDENCE = 0.95;
const MIN_LENGTH = 3;
const MAX_LENGTH = 10;
const MIN_DIGITS = 2;
/** "Press 12B on the panel" rings at a flat. */
const UNIT_ON_PANEL = /^\d{1,2}[A-Z]$/;
/** Words between "the gate code" and its digits: "for the side door is". */
const MAX_GLUE_WORDS = 12;

/** Words right before a code that is given, as opposed to words about it. */
const GIVES = new Set("is it's its that's are be es number press enter punch type dial use in con".split(' '));
/** Digits of which some were heard as other words, or over a full stop. */
const MISHEARD_CONFIDENCE = 0.6;

/**
 * The code that opens something, as keyed: only where the words say that it does. Any other number (house, phone, time,
 * post code) is none: a wrong code at a stranger's door is worse than none, so in doubt it abstains.
 */
export function findAccessCode(text: string): Found<string> | null {
  const folded = fold(text);
  // Of an old and a new code the new one counts.
  const code = candidatesIn(text, folded).find(
    ({ start }) => !/\b(old|used to be|was|vieja?|anterior|era)( \w+){0,4} ?$/.test(folded.slice(0, start)),
  );
  if (!code) return null;
  const evidence = { start: code.start, end: code.end, text: text.slice(code.start, code.end) };
  return { value: code.value, confidence: code.confidence, evidence };
}

/** Where the text names anything that opens something, a former code included: what nobody else should read. */
export function accessCodeSpans(text: string): readonly { readonly start: number; readonly end: number }[] {
  return candidatesIn(text, fold(text)).map(({ start, end }) => ({ start, end }));
}

function candidatesIn(text: string, folded: string): Candidate[] {
  const tokens = tokenize(text, folded);
  const sequences = findSequences(tokens, folded);
  return [...namedCodes(tokens, sequences, folded), ...openingNumbers(tokens, sequences, folded)];
}

/** Codes that come after a word for one: "the gate code is …". */
function namedCodes(tokens: readonly Token[], sequences: readonly CodeSequence[], folded: string): Candidate[] {
  const candidates: Candidate[] = [];
  for (const trigger of folded.matchAll(CODE_WORD)) {
    const kind = trigger[1] ?? '';
    if (kind.trim() !== '' && OTHER_KIND_OF_CODE.test(kind)) continue;
    if (NO_CODE.test(folded.slice(0, trigger.index + kind.length))) continue;
    const end = trigger.index + trigger[0].length;
    const announced = announcedAfter(tokens, end, folded);
    if (announced === 'abstain') continue;
    const first = announced ?? sequences.find(({ start }) => start >= end && isGlue(folded.slice(end, start)));
    if (!first) continue;
    const confidence = announced?.confidence ?? NAMED_CONFIDENCE;
    const corrected = lastCorrection(first, sequences, folded);
    candidates.push({ ...corrected, confidence: corrected === first ? confidence : NAMED_CONFIDENCE });
  }
  return candidates;
}

/** The code given right after the word for it or after a later "is", "press", …; `abstain` where digits are unclear. */
function announcedAfter(tokens: readonly Token[], end: number, folded: string): Candidate | 'abstain' | null {
  const after = tokens.findIndex(({ start }) => start >= end);
  if (after < 0) return null;
  for (let index = after; index <= after + MAX_GLUE_WORDS; index += 1) {
    const token = tokens[index];
    if (!token || !isGlue(folded.slice(end, token.start))) return null;
    if (index > after && !GIVES.has(tokens[index - 1]?.text ?? '')) continue;
    const code = readAnnouncedCode(
      tokens,
      index,
      index === after && !folded.slice(end).startsWith("'s") ? 'clean' : 'any',
    );
    if (code === 'abstain') return code;
    if (code && isCode(code, folded, end)) {
      return { ...code, confidence: code.clean ? NAMED_CONFIDENCE : MISHEARD_CONFIDENCE };
    }
  }
  return null;
}

/** Numbers that are said to open something: "4521 opens the gate". */
function openingNumbers(tokens: readonly Token[], sequences: readonly CodeSequence[], folded: string): Candidate[] {
  const opens = ({ value, start, end }: CodeSequence): boolean =>
    (OPENS.test(folded.slice(end)) && !UNIT_ON_PANEL.test(value)) ||
    (NOW_IT_IS.test(folded.slice(0, start)) && new RegExp(CODE_WORD).test(folded.slice(0, start))) ||
    (value.length > MIN_LENGTH && (OPENED_BY.test(folded.slice(0, start)) || TO_GET_IN.test(folded.slice(0, start))));
  const said = sequences.filter((sequence) => opens(sequence) && !CALLS.test(folded.slice(0, sequence.start)));
  const misheard = tokens.flatMap((token, index) => {
    if (!KEYED.test(folded.slice(0, token.start))) return [];
    const code = readAnnouncedCode(tokens, index, 'any');
    return code && code !== 'abstain' && !code.clean && opens(code) && isCode(code, folded, 0)
      ? [{ ...code, confidence: MISHEARD_CONFIDENCE }]
      : [];
  });
  return [
    ...misheard,
    ...said.map((sequence) => ({
      ...withLeadingA(sequence, folded),
      confidence: KEYED.test(folded.slice(0, sequence.start)) ? 0.92 : 0.88,
    })),
  ];
}

/** "It's A one two B …": among letters an "a" is one. */
function withLeadingA(sequence: CodeSequence, folded: string): CodeSequence {
  const { value, start, end } = sequence;
  const isLetter = /[A-Z]/.test(value) && /\b(it's|its|is|es) a $/.test(folded.slice(0, start));
  return isLetter ? { value: `A${value}`, start: start - 2, end } : sequence;
}

/** "One two three four, sorry, one two three five": the correction counts. */
function lastCorrection(first: CodeSequence, sequences: readonly CodeSequence[], folded: string): CodeSequence {
  let current = first;
  for (const next of sequences) {
    if (next.start <= current.end) continue;
    if (
      !/^ *((no|sorry|wait|i mean|actually|rather|correction|perdon|digo|mejor dicho)[ .-]*)+(it's |its |is |es )?$/.test(
        folded.slice(current.end, next.start),
      )
    )
      break;
    current = next;
  }
  return current;
}

function isGlue(between: string): boolean {
  const sentences = between.replace(/^ ?(is|es)?\. ?$/, ' ');
  if (/\.\s/.test(sentences) || /\b(but|pero|my (number|phone)|call me|order|zip)\b/.test(between)) return false;
  if (
    /\b(i'll|i will|i can|will be|send|text you|email|ask|changes|changed|broken|doesn't work|not working)\b/.test(
      between,
    )
  )
    return false;
  return between.trim().split(/\s+/).length <= MAX_GLUE_WORDS;
}

function findSequences(tokens: readonly Token[], folded: string): CodeSequence[] {
  const sequences: CodeSequence[] = [];
  for (let index = 0; index < tokens.length;) {
    const read = readSequence(tokens, index);
    index = read?.next ?? index + 1;
    if (read && isCode(read.sequence, folded, 0)) sequences.push(read.sequence);
  }
  return sequences;
}

/** Whether a run of digits may be a code. @param since where the words begin that say what number it is */
function isCode({ value, start, end }: CodeSequence, folded: string, since: number): boolean {
  const digits = value.replace(/\D/g, '').length;
  if (value.length < MIN_LENGTH || value.length > MAX_LENGTH || digits < MIN_DIGITS) return false;
  return !NUMBER_OF_SOMETHING.test(folded.slice(since, start)) && !AFTER_NO_CODE.test(folded.slice(end));
}

function readSequence(tokens: readonly Token[], from: number): { sequence: CodeSequence; next: number } | null {
  let value = '';
  let end = 0;
  let index = from;
  while (index < tokens.length) {
    if (value !== '' && tokens[index]?.opensSentence) break;
    index = skipGlue(tokens, index, value);
    const piece = readPiece(tokens, index, value !== '');
    if (!piece) break;
    value += piece.value;
    index = piece.next;
    end = tokens[index - 1]?.end ?? end;
  }
  const start = tokens[from]?.start ?? 0;
  return value === '' ? null : { sequence: { value: value.toUpperCase(), start, end }, next: index };
}
