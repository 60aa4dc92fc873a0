import type { Reading, Span } from '../reading/reader.js';
import { pattern } from '../text/patterns.js';
import { readClock } from './clock.js';
import { WEEKDAYS } from './time-words.words.js';
import { deniesPresence, isDeniedAfter, lacksAbsence, statesAbsence, statesPresence } from './polarity.js';

/** Minimum likelihood of the intent `reschedule`, 0–1, for a span tagged `move` to be a new delivery time. */
const MIN_RESCHEDULE = 0.2;
/** Minimum likelihood of the intent `away`, 0–1, that replaces an explicit wish to reschedule. */
const MIN_AWAY = 0.5;
/** Minimum confidence of the tag `mention`, 0–1, at which the words around the span cannot change it. */
const MIN_MENTION_CONFIDENCE = 0.8;
/** Words directly before a clock time that make it the bound of a window. */
const BOUND_BEFORE = /^(after|before|until|till|til|by|hasta)$/;

/**
 * Returns the spans of a reading, with tags corrected by the words around them. Adjacent spans that are parts of one
 * time are merged.
 */
export function toRoles(marked: Reading): Span[] {
  const reading = { ...marked, spans: marked.spans.filter((span) => !isFirstWordOfDay(marked, span)) };
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
    // "A las 3 de la tarde" is one time, although the reader marked its parts differently.
    const isPartOfHour =
      before !== undefined &&
      isTime(before) &&
      isTime(span) &&
      span.from === before.to &&
      PART_OF_DAY.test(words.slice(span.from, span.to).join(' ')) &&
      readClock(words, before.to - 1) !== null;
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
    else if (isRange || isPartOfHour)
      spans.splice(-1, 1, { ...before, to: span.to, confidence: Math.min(before.confidence, span.confidence) });
    else spans.push(span);
  }
  return spans.map((span) =>
    extend(opensFrom(reading, span) ? { ...span, tag: 'no' } : toRole(span, reading), reading),
  );
}

/** Whether a span is only "pasado", the first word of "pasado mañana" (the day after tomorrow). */
const isFirstWordOfDay = ({ tokens }: Reading, { from, to }: Span): boolean =>
  to === from + 1 && tokens[from]?.text === 'pasado' && tokens[to]?.text === 'manana';

const PART_OF_DAY = /^(?:(?:de|por|en) la (?:manana|tarde|noche|madrugada)|in the (?:morning|afternoon|evening))$/;
const IN_PART = /^(?:in|the|en|la|por|a|de|morning|afternoon|evening|manana|tarde|noche)$/;

const isTime = ({ tag }: Span): boolean => tag === 'yes' || tag === 'no' || tag === 'move';

/**
 * Corrects the tag of a span by the words around it. A negated `move` becomes `no`; a `move` without a wish to
 * reschedule becomes `yes`.
 */
function toRole(span: Span, reading: Reading): Span {
  if (isOfThing(reading, span) || isOpeningOfOthers(reading, span)) return { ...span, tag: 'mention' };
  if (span.tag === 'mention' && (isPlainAnswer(reading, span) || isWhenThere(reading, span)))
    return { ...span, tag: 'yes' };
  const hasPresence = reading.spans.some(({ tag, to }) => tag === 'yes' && to <= span.from);
  if (span.tag === 'mention' && hasPresence && statesDeparture(reading, span)) return { ...span, tag: 'no' };
  if ((span.tag === 'yes' || span.tag === 'move') && NOT_BY_ROLE.some((isNo) => isNo(reading, span)))
    return { ...span, tag: 'no' };
  if (span.tag === 'no' && isOnlyFrom(reading, span)) return span;
  // "Asleep all morning" is an absence and "someone is there in the afternoon" a presence, whatever their tags.
  if (span.tag === 'yes' && statesAbsence(reading, span) && !deniesPresence(reading, span))
    return { ...span, tag: 'no' };
  if (span.tag === 'no' && lacksAbsence(reading, span) && statesPresence(reading, span)) return { ...span, tag: 'yes' };
  // "We won't be in this morning" is an absence, although the reader tagged the time as a mention.
  if (span.tag === 'mention' && NOT_THERE.test(wordsAhead(reading, span))) return { ...span, tag: 'no' };
  const isUnsure = span.tag === 'mention' && span.confidence < MIN_MENTION_CONFIDENCE;
  if (isUnsure && deniesPresence(reading, span) && statesPresence(reading, span)) return { ...span, tag: 'no' };
  if (isTime(span) && isOfNeighbor(reading, span)) return { ...span, tag: 'mention' };
  if (span.tag === 'no' && statesSleepOfChild(reading, span)) return { ...span, tag: 'mention' };
  if (span.tag !== 'move') return span;
  if (isAlternative(reading, span)) return { ...span, tag: 'yes' };
  const isNor = /^(?:ni|nor)$/.test(reading.tokens[span.from - 1]?.text ?? '');
  if (isDeniedAfter(reading, span) || isNor) return { ...span, tag: 'no' };
  const { reschedule, away } = reading.intents;
  return reschedule < MIN_RESCHEDULE && away < MIN_AWAY ? { ...span, tag: 'yes' } : span;
}

/** Returns the words directly before a time, at most eight. */
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

/** Whether the time is a departure after a presence: "I'll be there from eleven and going out at four". */
const statesDeparture = (reading: Reading, span: Span): boolean =>
  /\b(?:(?:going|heading|stepping) out|i'm leaving|i leave|we leave|and leaving|i'm off|i have to (?:go|leave)|me voy|nos vamos|ya salgo) (?:at |by |around |about |como )?$/.test(
    `${wordsAhead(reading, span)} `,
  );

/**
 * Whether the words before a time forbid a delivery then: "don't come after eight", "no entregue entre las doce y las
 * dos".
 */
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

/** Whether the words around a time state absence until then: "no estoy hasta las 6:30", "nobody's home until three". */
const isNotUntil = (reading: Reading, span: Span): boolean =>
  /^(?:until|till|til|before|hasta|antes)$/.test(reading.tokens[span.from]?.text ?? '') &&
  NOT_THERE.test(wordsAhead(reading, span));
const NOT_THERE =
  /\b(?:no (?:estoy|estamos|esta|estan|estare|estaremos|hay nadie|va a haber nadie|habra nadie|llego|llegamos|vuelvo|volvemos|regreso|regresamos)|(?:not|isn't|aren't|won't be) (?:home|back|in|here|there|around)|(?:nobody|no one|noone)(?:'s| is| will be)? (?:home|here|in|there|back))(?: (?:en|a|la|casa|at|home|here|there))*$/;

/** Whether the time is an exception: "all day except one to three", "anything but the morning". */
function isExcepted({ tokens }: Reading, { from }: Span): boolean {
  const ahead = tokens
    .slice(Math.max(0, from - 4), from)
    .map(({ text }) => text)
    .join(' ');
  return (
    /(?:^| )(?:except|excluding|bar|menos|salvo|excepto|besides|other than|apart|aside)(?: (?:for|from|in|por|en|de))?$/.test(
      ahead,
    ) ||
    /(?:^| )(?:any|anything|anytime|any time|everything|all day|cualquier (?:hora|dia|cosa)) but(?: (?:not|for|in))?$/.test(
      ahead,
    )
  );
}

/** Whether "hasta" means "not before": "vuelvo hasta las seis", "no hay nadie sino hasta las siete". */
function isOnlyFrom(reading: Reading, span: Span): boolean {
  const first = reading.tokens[span.from]?.text;
  return first === 'hasta' && ONLY_FROM.test(wordsAhead(reading, span));
}
/** Whether "hasta" means "not before", as Mexicans say it also in the US: "abrimos hasta las once" is from eleven on. */
const opensFrom = (reading: Reading, span: Span): boolean =>
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

/** "Tomorrow evening or the day after". */
const isAlternative = ({ tokens, spans }: Reading, { from }: Span): boolean =>
  /^(?:or|o)$/.test(tokens[from - 1]?.text ?? '') && spans.some((one) => one.tag === 'yes' && one.to === from - 1);

/** "Pickleball till eleven, then I'm here". */
const isBusyUntil = ({ tokens }: Reading, { from, to }: Span): boolean =>
  /^(?:until|till|til|hasta)$/.test(tokens[from]?.text ?? '') &&
  /^(?:, |and |y )?(?:then|after that|afterwards|de ahi|luego|despues)(?: ya)?,? (?:i'm|i am|i'll be|we're|estoy|estamos|si estoy|ya estoy)(?! (?:out|gone|off|away|fuera))\b/.test(
    tokens
      .slice(to, to + 7)
      .map(({ text }) => text)
      .join(' '),
  );

/** "In the morning I work". */
const isSpentAtWork = ({ tokens }: Reading, { to }: Span): boolean =>
  /^(?:trabajo|trabajamos|estudio|duermo|chambeo)$/.test(tokens[to]?.text ?? '') &&
  !/^(?:desde|en casa)/.test(`${tokens[to + 1]?.text ?? ''} ${tokens[to + 2]?.text ?? ''}`);

const NOT_BY_ROLE: readonly ((reading: Reading, span: Span) => boolean)[] = [
  isBusyUntil,
  isSpentAtWork,
  isOutThen,
  isExcepted,
  isOnlyFrom,
  isForbidden,
  isNotUntil,
];

/** Whether the time is about a neighbor's presence, not the customer's: "my neighbor Maria is home all day". */
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

/** Whether the time is the sleep of a child, which is not an absence: "the baby naps from one to three". */
function statesSleepOfChild({ tokens }: Reading, { from }: Span): boolean {
  const before = tokens.slice(Math.max(0, from - 6), from).map(({ text }) => text);
  return before.some((word) => OTHERS.test(word)) && before.some((word) => SLEEP.test(word));
}
const OTHERS = /^(?:baby|baby's|kid|kids|toddler|twins|newborn|bebe|bebita|nino|nina|ninos|gemelos)$/;
const SLEEP = /^(?:nap|naps|napping|asleep|sleep|sleeps|sleeping|duerme|duermen|dormido|dormida|dormidos|siesta)$/;

/** Extends a span over adjacent words that belong to its time, such as "until" before it or "and four" after it. */
function extend(span: Span, { tokens, spans }: Reading): Span {
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
  // A span that ends with "between" or a bound, because the reader tagged the clock times after it as something else.
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
