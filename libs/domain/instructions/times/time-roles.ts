import type { InstructionLocale } from '../model/types.js';
import type { Reading, Span } from '../reading/reader.js';
import { pattern } from '../text/patterns.js';
import { readClock } from './clock.js';
import { WEEKDAYS } from './time-words.words.js';
import { deniesPresence, isDeniedAfter, lacksAbsence, tellsAbsence, tellsPresence } from './polarity.js';

/** Below this likelihood, 0–1, of another wished day, a time to move to is a time that suits. */
const MIN_RESCHEDULE = 0.2;
/** From this likelihood, 0–1, of absence on, a time to move to is one although no other day is wished in so many words. */
const MIN_AWAY = 0.5;
/** Likelihood, 0–1, from which on a time is only mentioned whatever the words around it say. */
const MIN_MENTION_CONFIDENCE = 0.7;
/** Words before a time without which it would be another. */
const BOUND_BEFORE = /^(after|before|until|till|til|by|hasta)$/;

/**
 * The spans of a reading with the roles that the words around them confirm. Two parts of one range are one span.
 */
export function toRoles(marked: Reading, locale: InstructionLocale): Span[] {
  const reading = { ...marked, spans: marked.spans.filter((span) => !isHalfOfDay(marked, span)) };
  const words = reading.tokens.map(({ text }) => text);
  const spans: Span[] = [];
  for (const span of reading.spans) {
    const before = spans.at(-1);
    const isRange =
      before !== undefined &&
      isTime(before) &&
      isTime(span) &&
      span.from === before.to + 1 &&
      /^(and|to|till|until|y|a|-|–)$/.test(words[before.to] ?? '') &&
      words.slice(before.from, before.to).some((word) => /^(between|entre|from|de|desde)$/.test(word)) &&
      readClock(words, before.to - 1) !== null &&
      readClock(words, span.from) !== null;
    // "Monday, in the afternoon" is one time, and so is "next week on Tuesday".
    const isPartOfMove =
      before?.tag === 'move' &&
      isTime(span) &&
      span.from === before.to + 1 &&
      words[before.to] === ',' &&
      words.slice(span.from, span.to).every((word) => IN_PART.test(word));
    const isDayOfWeek =
      before?.tag === 'mention' &&
      isTime(span) &&
      /^(?:semana|week)$/.test(words[before.to - 1] ?? '') &&
      /^(?:que entra|que viene|proxima|)$/.test(words.slice(before.to, span.from).join(' '));
    if (isPartOfMove) spans.splice(-1, 1, { ...before, to: span.to });
    else if (isDayOfWeek) spans.splice(-1, 1, { ...span, from: before.from });
    else if (isRange)
      spans.splice(-1, 1, { ...before, to: span.to, confidence: Math.min(before.confidence, span.confidence) });
    else spans.push(span);
  }
  return spans.map((span) =>
    grow(opensFrom(reading, span, locale) ? { ...span, tag: 'no' } : toRole(span, reading), reading),
  );
}

/** "Pasado" alone is the first word of "pasado mañana". */
const isHalfOfDay = ({ tokens }: Reading, { from, to }: Span): boolean =>
  to === from + 1 && tokens[from]?.text === 'pasado' && tokens[to]?.text === 'manana';

const IN_PART = /^(?:in|the|en|la|por|a|de|morning|afternoon|evening|manana|tarde|noche)$/;

const isTime = ({ tag }: Span): boolean => tag === 'yes' || tag === 'no' || tag === 'move';

/** A time to move to, where no other day is wished, is a time that suits. One that is denied does not suit. */
function toRole(span: Span, reading: Reading): Span {
  if (isOfThing(reading, span) || isOpeningOfOthers(reading, span)) return { ...span, tag: 'mention' };
  if (span.tag === 'mention' && (isPlainAnswer(reading, span) || isWhenThere(reading, span)))
    return { ...span, tag: 'yes' };
  const hasPresence = reading.spans.some(({ tag, to }) => tag === 'yes' && to <= span.from);
  if (span.tag === 'mention' && hasPresence && tellsDeparture(reading, span)) return { ...span, tag: 'no' };
  if ((span.tag === 'yes' || span.tag === 'move') && NOT_BY_ROLE.some((isNo) => isNo(reading, span)))
    return { ...span, tag: 'no' };
  if (span.tag === 'no' && isOnlyFrom(reading, span)) return span;
  // "Asleep all morning" and "someone is there in the afternoon" are what their words say.
  if (span.tag === 'yes' && tellsAbsence(reading, span) && !deniesPresence(reading, span))
    return { ...span, tag: 'no' };
  if (span.tag === 'no' && lacksAbsence(reading, span) && tellsPresence(reading, span)) return { ...span, tag: 'yes' };
  // "We won't be in this morning" is an absence, whatever the reader took the time for.
  const isUnsure = span.tag === 'mention' && span.confidence < MIN_MENTION_CONFIDENCE;
  if (isUnsure && deniesPresence(reading, span) && tellsPresence(reading, span)) return { ...span, tag: 'no' };
  if (isTime(span) && isOfNeighbor(reading, span)) return { ...span, tag: 'mention' };
  if (span.tag === 'no' && tellsSleepOfOther(reading, span)) return { ...span, tag: 'mention' };
  if (span.tag !== 'move') return span;
  const isNor = /^(?:ni|nor)$/.test(reading.tokens[span.from - 1]?.text ?? '');
  if (isDeniedAfter(reading, span) || isNor) return { ...span, tag: 'no' };
  const { reschedule, away } = reading.intents;
  return reschedule < MIN_RESCHEDULE && away < MIN_AWAY ? { ...span, tag: 'yes' } : span;
}

/** Words directly before a time, at most eight. */
const wordsAhead = ({ tokens }: Reading, { from }: Span): string =>
  tokens
    .slice(Math.max(0, from - 8), from)
    .map(({ text }) => text)
    .join(' ');

const THING =
  /\b(?:elevator|lift|gate|door|intercom|buzzer|keypad|power|water|road|street|parking|office|reception|ascensor|elevador|timbre|porton|interfon|luz|agua|calle|puerta|oficina|recepcion)(?:'s| is| will be| are| esta| estara| no sirve| no jala| no funciona) (?:\w+ ){0,2}$/;
/** "The elevator is out until Thursday" says nothing of the customer. */
const isOfThing = (reading: Reading, span: Span): boolean =>
  isTime(span) && THING.test(`${wordsAhead(reading, span)} `);

/** "They close at noon" is another's door; a shop that takes its own parcels says "we close". */
const OPENS_OR_CLOSES = /\b(?:they|he|she|it)(?:'re|'s)? (?:close|closes|shut|shuts|open|opens) (?:\w+ )?$/;
/** "It goes till half past ten" tells how long something else lasts. */
const LASTS =
  /\b(?:that|it|this|which|appointment|class|shift|practice) (?:\w+ )?(?:goes|lasts|runs|ends|finishes|takes) (?:\w+ )?$/;
const isOpeningOfOthers = (reading: Reading, span: Span): boolean => {
  const ahead = `${wordsAhead(reading, span)} `;
  return isTime(span) && (OPENS_OR_CLOSES.test(ahead) || LASTS.test(ahead));
};

/** "Before three", at the beginning of an answer, which the reader is unsure of. */
const isPlainAnswer = ({ tokens, intents }: Reading, { from, to, confidence }: Span): boolean =>
  from === 0 &&
  confidence < MIN_MENTION_CONFIDENCE &&
  intents.away < MIN_AWAY &&
  /^(?:before|after|from|between|until|till|antes|despues|desde|entre|hasta|de)$/.test(tokens[0]?.text ?? '') &&
  readClock(
    tokens.map(({ text }) => text),
    to - 1,
  ) !== null;

/** "Two to four is when I'm in". */
const isWhenThere = ({ tokens }: Reading, { to }: Span): boolean =>
  /^(?:, )?(?:is|are|es|son) (?:when|cuando) (?:i'm|we're|i am|someone's|estoy|estamos|hay)\b/.test(
    tokens
      .slice(to, to + 5)
      .map(({ text }) => text)
      .join(' '),
  );

/** "I'll be there from eleven and going out at four". */
const tellsDeparture = (reading: Reading, span: Span): boolean =>
  /\b(?:(?:going|heading|stepping) out|i'm leaving|i leave|we leave|and leaving|i'm off|i have to (?:go|leave)|me voy|nos vamos|ya salgo) (?:at |by |around |about |como )?$/.test(
    `${wordsAhead(reading, span)} `,
  );

/** "Don't come after eight", "no entregue entre las doce y las dos", "I don't want it any earlier than noon". */
const isForbidden = (reading: Reading, span: Span): boolean =>
  FORBIDDEN.test(wordsAhead(reading, span)) &&
  !isDeniedAfter(reading, span) &&
  !/^(?:si|yes)$/.test(reading.tokens[span.to]?.text ?? '');
const FORBIDDEN = pattern`\b(?:${[
  /(?:don't|do not|dont|never|please not) (?:you )?(?:come|deliver|bring|drop|send|show up|ring|knock)(?: by| over| it| that| this| off| the (?:package|parcel))*/,
  /(?:don't|do not|dont) want (?:it|that|this)(?: delivered| brought| coming)?/,
  /(?:no|nunca) (?:me |nos |se )?(?:lo |la |los |las )?(?:vengan?|traigan?|entreguen?|pasen?|lleguen?|manden?|toquen?)(?: el paquete)?/,
  /no (?:lo|la|los|las) quiero/,
]})$`;

/** "No estoy hasta las 6:30", "nobody's home until three". */
const isNotUntil = (reading: Reading, span: Span): boolean =>
  /^(?:until|till|til|before|hasta|antes)$/.test(reading.tokens[span.from]?.text ?? '') &&
  NOT_THERE.test(wordsAhead(reading, span));
const NOT_THERE =
  /\b(?:no (?:estoy|estamos|esta|estan|estare|estaremos|hay nadie|va a haber nadie|habra nadie|llego|llegamos|vuelvo|volvemos|regreso|regresamos)|(?:not|isn't|aren't|won't be) (?:home|back|in|here|there|around)|(?:nobody|no one|noone)(?:'s| is| will be)? (?:home|here|in|there|back))(?: (?:en|a|la|casa|at|home|here|there))*$/;

/** "All day except one to three", "anything but the morning". */
function isExcepted({ tokens }: Reading, { from }: Span): boolean {
  const ahead = tokens
    .slice(Math.max(0, from - 4), from)
    .map(({ text }) => text)
    .join(' ');
  return (
    /(?:^| )(?:except|excluding|bar|menos|salvo|excepto)(?: (?:for|from|in|por|en|de))?$/.test(ahead) ||
    /(?:^| )(?:any|anything|anytime|any time|everything|all day|cualquier (?:hora|dia|cosa)) but(?: (?:not|for|in))?$/.test(
      ahead,
    )
  );
}

/** "Vuelvo hasta las seis", "no hay nadie sino hasta las siete": not before that time. */
function isOnlyFrom(reading: Reading, span: Span): boolean {
  const first = reading.tokens[span.from]?.text;
  return first === 'hasta' && ONLY_FROM.test(wordsAhead(reading, span));
}
/** In Mexico, "abrimos hasta las once" is from eleven on. */
const opensFrom = (reading: Reading, span: Span, locale: InstructionLocale): boolean =>
  locale === 'es-MX' &&
  isTime(span) &&
  reading.tokens[span.from]?.text === 'hasta' &&
  /\b(?:abro|abre|abren|abrimos|empiezo|empezamos|desocupo)(?: (?:la|el|mi) \w+)?$/.test(wordsAhead(reading, span));
const ONLY_FROM =
  /\b(?:lleg[oa]n?|llegamos|vuelv[oe]n?|volvemos|regres[oa]n?|regresamos|desocupo|sino)(?: (?:yo|el|ella|ellos|a|la|mi|su|casa|pero|ya|siempre|como|de|trabajar|chamba)){0,4}$/;

/** "Garden club ten to twelve, I'm gone for that". */
const isOutThen = ({ tokens }: Reading, { to }: Span): boolean =>
  /^(?:, )?(?:(?:i'm|we're|i'll be|we'll be) (?:gone|away|busy|out(?! (?:the )?(?:back|front)))|no (?:estoy|estamos|voy a estar|vamos a estar))\b/.test(
    tokens
      .slice(to, to + 5)
      .map(({ text }) => text)
      .join(' '),
  );

const NOT_BY_ROLE: readonly ((reading: Reading, span: Span) => boolean)[] = [
  isOutThen,
  isExcepted,
  isOnlyFrom,
  isForbidden,
  isNotUntil,
];

/** "My neighbor Maria is home all day" says nothing of the customer's door. */
function isOfNeighbor({ tokens, spans }: Reading, { from }: Span): boolean {
  const person = spans.findLast((one) => one.tag === 'person' && one.to <= from);
  if (!person) return false;
  const isNeighbor = tokens.slice(person.from, person.to).some(({ text }) => /^(?:neighbou?r|vecin[oa])s?$/.test(text));
  const between = tokens.slice(person.to, from).map(({ text }) => text);
  return (
    isNeighbor &&
    /^(?:is|es|esta|will be|siempre esta)(?: (?:home|in|there|here|en casa|ahi|en su casa))?$/.test(between.join(' '))
  );
}

/** "The baby naps from one to three" is no absence. */
function tellsSleepOfOther({ tokens }: Reading, { from }: Span): boolean {
  const before = tokens.slice(Math.max(0, from - 6), from).map(({ text }) => text);
  return before.some((word) => OTHERS.test(word)) && before.some((word) => SLEEP.test(word));
}
const OTHERS = /^(?:baby|baby's|kid|kids|toddler|twins|newborn|bebe|bebita|nino|nina|ninos|gemelos)$/;
const SLEEP = /^(?:nap|naps|napping|asleep|sleep|sleeps|sleeping|duerme|duermen|dormido|dormida|dormidos|siesta)$/;

/** Grows a time over the words beside it without which it would be another: "about four" after "until", "and four". */
function grow(span: Span, { tokens, spans }: Reading): Span {
  if (span.tag !== 'yes' && span.tag !== 'no' && span.tag !== 'move') return span;
  const words = tokens.map(({ text }) => text);
  let { from, to } = span;
  if (/^el dia \d{1,2}$/.test(words.slice(from - 3, from).join(' '))) return { ...span, from: from - 3 };
  if (words[from] === 'manana' && words[from - 1] === 'pasado') return { ...span, from: from - 1 };
  // "Not before two and not after four": the negation belongs to the bound.
  const isOwnNegation =
    /^(not|no|nor|ni)$/.test(words[from - 1] ?? '') && /^(|and|but|or|y|o|pero|,|\.)$/.test(words[from - 2] ?? '');
  if (
    span.tag === 'no' &&
    isOwnNegation &&
    /^(before|after|until|till|earlier|later|antes|despues)$/.test(words[from] ?? '')
  ) {
    return { ...span, tag: 'yes', from: from - 1 };
  }
  // "Between" without its times: the reader has marked them as something else.
  const opened =
    BOUND_BEFORE.test(words[to - 1] ?? '') || /^(?:between|entre)$/.test(words[to - 1] ?? '')
      ? readClock(words, to)
      : null;
  if (opened) {
    const second = /^(?:and|y|to|a)$/.test(words[opened.next] ?? '') ? readClock(words, opened.next + 1) : null;
    return { ...span, to: second?.next ?? opened.next };
  }
  const isTaken = (at: number): boolean =>
    spans.some((one) => one !== span && one.from <= at && at < one.to && one.tag !== 'num');
  if (BOUND_BEFORE.test(words[from - 1] ?? '') && !isTaken(from - 1) && readClock(words, from)) from -= 1;
  if (WEEKDAYS[words[to - 1] ?? ''] !== undefined && /^que (?:viene|entra)$/.test(words.slice(to, to + 2).join(' ')))
    to += 2;
  const isRangeOpen = /^(and|to|till|until|y|a|-|–)$/.test(words[to] ?? '') && !isTaken(to);
  const clock = isRangeOpen ? readClock(words, to + 1) : null;
  const isBetween = words.slice(from, to).some((word) => /^(between|entre|from|de|desde)$/.test(word));
  if (clock && !isTaken(to + 1) && isBetween && readClock(words, to - 1)) to = clock.next;
  return { ...span, from, to };
}
