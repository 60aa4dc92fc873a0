import { DateTime } from 'luxon';
import { intersect, type Interval } from '#libs/domain/time/index.js';
import { toEvidence } from '../text/find-phrase.js';
import type { Found, InstructionsContext } from '../model/types.js';
import type { Reading, Span } from '../reading/reader.js';
import { readClock } from './clock.js';
import { PARTS, WEEKDAYS } from './time-words.words.js';
import { CORRECTS, LEAVES, ORDERS, PLANNED_TIME, REFERS_BACK, RETURNS, SAME_TIME } from './compose-times.words.js';
import { deniesPresence, isAboutCalls, lacksAbsence } from './polarity.js';
import { joinBounds, settle, toInterval, type Statement } from './statements.js';
import { isUnreal } from './unreal.js';
import { readTimePhrase, type TimePhrase } from './time-phrase.js';
import { toRoles } from './time-roles.js';
import { findUncoveredTimes, type TextRange } from './uncovered-times.js';
import { readsClock, type PhraseContext } from './window-reader.js';
import { DAY_END, DAY_START, type Window } from './window.js';

/** When someone is there or the delivery suits, when not, and to when it is moved. */
export interface ComposedTimes {
  readonly availability: readonly Found<Interval>[];
  readonly unavailable: readonly Found<Interval>[];
  readonly move: Found<{ readonly to: Interval | null }> | null;
  /** The windows to which it may be moved, where a time was named and not only a day. */
  readonly moveWindows: readonly Found<Interval>[];
  /** Spans of words about time that were not understood, as positions in the text. */
  readonly unread: readonly TextRange[];
  /** Whether any time was read, also one that others cancel out or that is only mentioned. */
  readonly hasTimes: boolean;
  /** A day other than the planned one, or days that stay open, were named. */
  readonly namesOtherDay: boolean;
}

/** Words that make an unread mark a time; one without any is no time. */
const TIME_WORDS =
  /^(noon|midday|mediodia|midnight|today|tomorrow|hoy|manana|hour|hours|hora|horas|day|dia|school|work|dark|dinner|supper|half|quarter|media|cuarto)$/;
const WHOLE_DAY_MS = (DAY_END - DAY_START) * 60_000;
/** Likelihoods, 0–1, of a span that counts. A bare number may count something else. */
const MIN_CONFIDENCE = 0.4;
const MIN_BARE_CONFIDENCE = 0.7;
const MIN_UNASKED_CONFIDENCE = 0.85;
/** Likelihood, 0–1, from which on presence, absence or another day is a topic of the words. */
const MIN_TOPIC = 0.3;
/** The same within a passage. */
const MIN_PASSAGE_TOPIC = 0.4;
/** Likelihood, 0–1, of presence from which on it may be a topic. */
const MIN_MENTION = 0.08;
/** Likelihood of a time that the words around it put in doubt, 0–1, from which on it counts. */
const MIN_CONTRASTED_CONFIDENCE = 0.75;
/** How many tokens before a span tell whether its time is a return, a departure or an order. */
const LOOK_BACK = 7;

/** Reads the times of a reading exactly, and composes what they say together. */
export function composeTimes(reading: Reading, context: InstructionsContext): ComposedTimes {
  const { zone, now, planned } = context;
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const plannedDay = DateTime.fromJSDate(planned.start, { zone }).startOf('day');
  const composer = new TimeComposer(reading, context, today, plannedDay);
  for (const span of toRoles(reading)) composer.add(span);
  return composer.finish();
}

/** A time to which the delivery is to be moved; `null` where it was not said or not understood. */
interface Move extends TextRange {
  readonly interval: Interval | null;
  readonly confidence: number;
}

class TimeComposer {
  private readonly present: Statement[] = [];
  private readonly implied: Statement[] = [];
  private readonly absent: Statement[] = [];
  private readonly moves: Move[] = [];
  /** Absence until another day. It counts only where nothing suits before: "before one, then I'm away until Sunday". */
  private readonly away: Statement[] = [];
  private readonly points: Date[] = [];
  private readonly unread: TextRange[] = [];
  private last: Span | null = null;
  private day: readonly DateTime[] | null = null;
  /** The days that were only mentioned last, and the token after them. */
  private mentioned: { readonly days: readonly DateTime[]; readonly to: number } | null = null;
  private edge: Window | null = null;
  private namesOtherDay = false;
  private mentionsTime = false;

  constructor(
    private readonly reading: Reading,
    private readonly context: InstructionsContext,
    private readonly today: DateTime,
    private readonly plannedDay: DateTime,
  ) {}

  add(span: Span): void {
    const { tag } = span;
    if (tag !== 'yes' && tag !== 'no' && tag !== 'move' && tag !== 'mention') return;
    if (tag !== 'mention' && (!this.isLikely(span) || isAboutCalls(this.reading, span))) return;
    // "No one will be home then" speaks of the planned time.
    if (this.edge === null && SAME_TIME.test(this.wordsOf(span).join(' '))) return;
    const words = this.wordsOf(span).map((word) => word.replace(/'s$/, ''));
    // "Whenever you get here" and "the whole time" are the planned time.
    if (tag === 'yes' && PLANNED_TIME.test(words.join(' ')) && !words.some(readsClock)) return;
    const isDayOnly = (read: readonly TimePhrase[] | null): boolean =>
      read?.every(({ windows }) => windows.length === 0) === true;
    if ((tag === 'yes' || tag === 'no') && this.correctsBefore(span)) {
      this.withdraw();
      // "After six tomorrow, no wait, tomorrow I can't" says no; "noon, no wait, not before one" says another time.
      const isNo = tag === 'no' && isDayOnly(readTimePhrase(words, this.toPhraseContext(span)));
      if (!isNo) this.last = { ...span, tag: 'yes' };
    }
    const phrases = this.readReference(words, tag) ?? this.readPhrase(words, span);
    if (tag === 'mention') {
      this.edge = phrases?.at(-1)?.windows.at(-1) ?? this.edge;
      const days = phrases?.at(-1)?.days;
      if (days) this.mentioned = { days, to: span.to };
      if (phrases?.some(({ windows }) => windows.length > 0)) this.mentionsTime = true;
      return;
    }
    // "After that next door will have it" says nothing of the customer.
    const isReference = phrases !== null && REFERS_BACK.test(words.join(' '));
    if (
      tag === 'yes' &&
      isReference &&
      !/any ?time/.test(words.join(' ')) &&
      !this.wordsAfter(span)
        .slice(0, 4)
        .some((word) => RETURNS.test(word))
    )
      return;
    // Reader and words disagree on whether the time suits: a person has to ask.
    const isDoubtful =
      !this.isCorrected(span) &&
      (tag === 'yes' ? deniesPresence(this.reading, span) : tag === 'no' && lacksAbsence(this.reading, span));
    if (isDoubtful) {
      if (tag === 'no' && this.isSaidAgain(span)) return;
      const days = phrases?.at(-1)?.days ?? null;
      if (isDayOnly(phrases) && days !== null) this.day = days;
      else this.markUnread(span);
      return;
    }
    if (isUnreal(this.reading, span) || this.isOpeningOfOther(span) || this.isContrasted(span)) {
      this.markUnread(span);
      return;
    }
    if (!phrases) {
      if (tag === 'move') this.moves.push({ interval: null, ...this.toPlace(span), confidence: span.confidence });
      else this.markUnread(span);
      return;
    }
    const corrected = this.last?.from === span.from ? this.last : span;
    for (const phrase of phrases) this.addPhrase(corrected, phrase);
    if (phrases.some(({ windows }) => windows.length > 0)) this.last = corrected;
  }

  /** Whether a span is likely enough. Where no one asked for times and the words do not speak of being there, it must be plain. */
  private isLikely(span: Span): boolean {
    const { home, away, reschedule } = this.reading.intents;
    const near = this.reading.passages.filter(({ from, to }) => from < span.to && span.from < to);
    const inPassage = Math.max(
      0,
      ...near.map(({ intents }) => Math.max(intents.home, intents.away, intents.reschedule)),
    );
    const isAsked =
      this.context.question === 'availability' ||
      Math.max(home, away, reschedule) >= MIN_TOPIC ||
      inPassage >= MIN_PASSAGE_TOPIC ||
      this.wordsBefore(span).some((word) => ORDERS.test(word));
    const isBare = span.to - span.from === 1 && readClock(this.wordsOf(span), 0)?.isBare === true;
    const isTopic = isAsked || span.tag !== 'yes';
    if (!isTopic && span.confidence >= MIN_UNASKED_CONFIDENCE && home >= MIN_MENTION) return true;
    if (isTopic && span.confidence >= (isBare ? MIN_BARE_CONFIDENCE : MIN_CONFIDENCE)) return true;
    // The same words said again, of which a recognizer has garbled the verb, put nothing in doubt.
    if (span.tag === 'yes' && this.isSaidAgain(span)) return false;
    const isPlain = isAsked || span.confidence >= MIN_CONFIDENCE;
    if (isPlain && span.tag !== 'move' && readTimePhrase(this.wordsOf(span), this.toPhraseContext(span)))
      this.unread.push(this.toPlace(span));
    return false;
  }

  /** Whether a time has been affirmed in the same words before. */
  private isSaidAgain(span: Span): boolean {
    const { text } = this.context;
    const { start, end } = this.toPlace(span);
    const words = text.slice(start, end).toLowerCase();
    return this.present.some((one) => text.slice(one.start, one.end).toLowerCase() === words);
  }

  /** "In the evening, that is from four to eight": the second says the first exactly. */
  private readPhrase(words: readonly string[], span: Span): TimePhrase[] | null {
    const context = this.toPhraseContext(span);
    const at = words.findIndex((word, index) => word === 'o' && words[index + 1] === 'sea');
    const exact = at > 0 ? readTimePhrase(words.slice(at + 2), context) : null;
    if (exact === null) return readTimePhrase(words, context);
    const days = readTimePhrase(words.slice(0, at), context)?.at(-1)?.days ?? null;
    return exact.map((phrase) => ({ ...phrase, days: phrase.days ?? days }));
  }

  private wordsOf({ from, to }: Span): string[] {
    return this.reading.tokens.slice(from, to).map(({ text }) => text);
  }

  private toPhraseContext({ tag }: Span): PhraseContext {
    return { today: this.today, isRuledOut: tag === 'no', half: null, planned: this.plannedWindow() };
  }

  /** An unlikely mark that holds no time is no time at all. */
  private markUnread(span: Span): void {
    const holdsTime = this.wordsOf(span).some(
      (word) => word in PARTS || WEEKDAYS[word] !== undefined || TIME_WORDS.test(word) || readsClock(word),
    );
    if (span.confidence >= MIN_CONFIDENCE && holdsTime) this.unread.push(this.toPlace(span));
  }

  /** "Minding the kids in the morning, but in the afternoon I'm in": a less likely time before a contrast. */
  private isContrasted({ tag, to, confidence }: Span): boolean {
    const next = this.reading.spans.find((one) => one.tag === 'yes' && one.from >= to);
    if (tag !== 'yes' || confidence >= MIN_CONTRASTED_CONFIDENCE || !next) return false;
    const between = this.reading.tokens.slice(to, next.from).map(({ text }) => text);
    return between.some((word) => /^(?:but|pero)$/.test(word));
  }

  /** "He's open till ten" tells when another shop is open. */
  private isOpeningOfOther({ from }: Span): boolean {
    const before = this.reading.tokens.slice(Math.max(0, from - 2), from).map(({ text }) => text);
    return /^(?:he's|she's|they're|it's) open$/.test(before.join(' '));
  }

  private isCorrected(span: Span): boolean {
    return this.last?.from === span.from;
  }

  /** Whether the words between the last time and this one take the last one back. */
  private correctsBefore(span: Span): boolean {
    if (!this.last) return false;
    const between = this.reading.tokens.slice(this.last.to, span.from).map(({ text }) => text);
    const words = between.filter((word) => /\w/.test(word));
    return words.length <= 9 && CORRECTS.test(words.join(' '));
  }

  private withdraw(): void {
    const from = this.last?.from;
    for (const list of [this.present, this.implied, this.absent]) {
      for (let index = list.length - 1; index >= 0; index -= 1) if (list[index]?.from === from) list.splice(index, 1);
    }
  }

  private addPhrase(span: Span, { days, windows, untilDay }: TimePhrase): void {
    if (untilDay !== undefined) {
      if (span.tag === 'no' && untilDay && this.plannedDay < untilDay) {
        this.away.push(this.state(span, { from: DAY_START, to: DAY_END, kind: 'all_day' }, this.plannedDay));
      }
      return;
    }
    if (days !== null) this.day = days;
    if (days !== null && days.length > 0 && !days.some((day) => day.hasSame(this.plannedDay, 'day')))
      this.namesOtherDay = true;
    this.edge = windows.at(-1) ?? this.edge;
    const isBeside = this.mentioned !== null && span.from - this.mentioned.to <= 3;
    const on = days ?? (isBeside ? this.mentioned?.days : null) ?? this.day ?? [this.plannedDay];
    if (isBeside && days === null) this.namesOtherDay = true;
    if (span.tag === 'move') {
      this.addMove(span, days ?? (windows.length > 0 ? on : []), windows);
      return;
    }
    for (const window of windows) {
      for (const day of on) {
        if (span.tag === 'yes') this.addPresent(span, window, day);
        else this.addAbsent(span, window, day);
      }
    }
  }

  private addMove(span: Span, days: readonly DateTime[], windows: readonly Window[]): void {
    const place = { ...this.toPlace(span), confidence: span.confidence };
    const [day] = days;
    if (!day) {
      this.moves.push({ interval: null, ...place });
      return;
    }
    const window = windows[0] ?? { from: DAY_START, to: DAY_END };
    this.moves.push({ interval: toInterval(window, day), ...place });
  }

  private addPresent(span: Span, window: Window, day: DateTime): void {
    const before = this.wordsBefore(span);
    const own = this.reading.tokens.slice(span.from, span.to).map(({ text }) => text);
    const isByReturn =
      window.kind === 'until' &&
      /^(by|para)$/.test(own.find((word) => /^(by|para|until|till|til|before|hasta|antes)$/.test(word)) ?? '');
    const returns =
      [...before, ...this.wordsAfter(span).slice(0, 5)].some((word) => RETURNS.test(word)) &&
      !before.some((word) => ORDERS.test(word));
    if (isByReturn && returns) {
      this.present.push(this.state(span, { from: window.to, to: Math.max(DAY_END, window.to), kind: 'after' }, day));
      return;
    }
    // "I go to the dentist at twelve" is a departure, not a return.
    const verb = before.findLast((word) => LEAVES.test(word) || RETURNS.test(word));
    const leaves = verb !== undefined && !RETURNS.test(verb);
    if (window.kind === 'at' && leaves && span.confidence < MIN_CONTRASTED_CONFIDENCE) {
      this.markUnread(span);
      return;
    }
    // A point in time is no window, except where someone is there from then on.
    if (window.kind === 'at' && !returns && !own.some((word) => RETURNS.test(word))) {
      this.markUnread(span);
      return;
    }
    this.present.push(this.state(span, window, day));
  }

  private addAbsent(span: Span, said: Window, day: DateTime): void {
    const before = this.wordsBefore(span);
    const own = this.reading.tokens.slice(span.from, span.to).map(({ text }) => text);
    // "Gone by three" is an absence from three on.
    const isGoneBy = said.kind === 'until' && own.includes('by');
    const window: Window = isGoneBy ? { from: said.to, to: Math.max(DAY_END, said.to), kind: 'after' } : said;
    if (isGoneBy) {
      this.absent.push(this.state(span, window, day));
      return;
    }
    if (window.kind === 'at') {
      if (!before.some((word) => LEAVES.test(word)) && !this.wordsAfter(span).some((word) => LEAVES.test(word))) {
        // Something happens then: no window that holds this moment is sure.
        this.points.push(toInterval(window, day).start);
        return;
      }
      this.absent.push(this.state(span, window, day));
      return;
    }
    this.absent.push(this.state(span, window, day));
    // "Not before ten" and "not home until six" say that it suits afterwards.
    if (window.kind === 'until') {
      this.implied.push(this.state(span, { ...window, from: window.to, to: Math.max(DAY_END, window.to) }, day));
    }
    if (window.kind === 'after' && before.some((word) => ORDERS.test(word))) {
      this.implied.push(this.state(span, { ...window, from: Math.min(DAY_START, window.from), to: window.from }, day));
    }
  }

  private plannedWindow(): Pick<Window, 'from' | 'to'> {
    const { planned, zone } = this.context;
    const [start, end] = [planned.start, planned.end].map((instant) => DateTime.fromJSDate(instant, { zone }));
    return { from: (start?.hour ?? 0) * 60 + (start?.minute ?? 0), to: (end?.hour ?? 0) * 60 + (end?.minute ?? 0) };
  }

  /** "After that", "antes": from or until the time that was named last. */
  private readReference(words: readonly string[], tag: Span['tag']): TimePhrase[] | null {
    const phrase = words.join(' ');
    if (!this.edge) return null;
    if (SAME_TIME.test(phrase)) {
      if (tag === 'yes' && this.edge.kind !== 'range' && this.edge.kind !== 'part') return [];
      const { kind, from, to } = this.edge;
      const edge = kind === 'until' ? to : from;
      return [
        {
          days: null,
          windows: [
            kind === 'range' || kind === 'part' ? this.edge : { from: edge, to: Math.max(DAY_END, edge), kind: 'at' },
          ],
        },
      ];
    }
    const match = REFERS_BACK.exec(phrase);
    if (!match) return null;
    const { from, to, kind } = this.edge;
    const edge =
      kind === 'until' ? to : kind === 'range' || kind === 'part' ? (match[1] === undefined ? from : to) : from;
    const window: Window =
      match[1] === undefined
        ? { from: Math.min(DAY_START, edge), to: edge, kind: 'until' }
        : { from: edge, to: Math.max(DAY_END, edge), kind: 'after' };
    return window.to > window.from ? [{ days: null, windows: [window] }] : null;
  }

  finish(): ComposedTimes {
    const now = this.context.now;
    const future = (statements: readonly Statement[]): Statement[] =>
      statements.filter(({ interval }) => interval.end > now);
    this.unread.push(...findUncoveredTimes(this.reading));
    const words = this.reading.tokens.map((token) => token.text);
    const all = joinBounds(future(this.present), words);
    // A time that was not understood may narrow any window that is not bounded on both sides.
    const isSure = ({ kind, interval }: Statement): boolean =>
      (this.unread.length === 0 || kind === 'range') &&
      !this.points.some((point) => interval.start < point && point < interval.end);
    const stated = all.filter(isSure);
    this.endAtReturn(stated);
    // Where it is said when it suits, only an absence that was said as such is added: "I leave at three" is in "until three".
    const absences = [...this.absent, ...(stated.length === 0 ? this.away : [])];
    const absent = future(absences).filter(
      ({ kind }) => stated.length === 0 || kind === 'range' || kind === 'part' || kind === 'all_day',
    );
    const bounds = future(this.absent).filter((one) => !absent.includes(one));
    const present = stated.length > 0 ? stated : future(this.implied).filter(isSure);
    const text = this.context.text;
    // "I work until three, but my wife is there all day": the absence of one person rules nothing out for another.
    const isOfOther = ({ from }: Statement): boolean =>
      this.reading.spans.some(
        (one) => one.tag === 'person' && from < one.from && present.some((other) => one.from < other.from),
      );
    const ruledOut = [...absent, ...bounds].filter((one) => !isOfOther(one)).map(({ interval }) => interval);
    return {
      availability: settle(text, present, ruledOut),
      unavailable: settle(text, absent, []),
      move: this.toMove(text, now),
      moveWindows: this.moves.flatMap(({ interval, start, end, confidence }) =>
        interval && interval.end > now && interval.end.getTime() - interval.start.getTime() < WHOLE_DAY_MS
          ? [{ value: interval, confidence, evidence: toEvidence(text, start, end) }]
          : [],
      ),
      unread: this.unread,
      hasTimes:
        this.mentionsTime || this.present.length + this.absent.length + this.away.length + this.moves.length > 0,
      namesOtherDay: this.namesOtherDay,
    };
  }

  /** "We leave at eight and get back at five": an absence from a moment on ends with the return of the same day. */
  private endAtReturn(stated: readonly Statement[]): void {
    this.absent.forEach((one, index) => {
      const back = stated.find(
        ({ kind, interval, from }) =>
          (kind === 'at' || kind === 'after') &&
          from > one.from &&
          one.interval.start < interval.start &&
          interval.start < one.interval.end,
      );
      if (one.kind === 'at' && back)
        this.absent[index] = {
          ...one,
          kind: 'range',
          interval: { start: one.interval.start, end: back.interval.start },
        };
    });
  }

  private toMove(text: string, now: Date): ComposedTimes['move'] {
    const named = this.moves.findLast(({ interval }) => interval !== null && interval.end > now);
    const narrowest = this.moves.find(
      ({ interval }) =>
        named?.interval && interval && named.interval.start <= interval.start && interval.end <= named.interval.end,
    );
    const chosen = narrowest ?? named ?? this.moves.at(-1);
    if (!chosen) return null;
    const whole = chosen.interval !== null && chosen.interval.end > now ? chosen.interval : null;
    // "Saturday instead, any time after ten": the time narrows the day.
    const [narrower] = whole
      ? intersect(
          this.present.map(({ interval }) => interval),
          [whole],
        )
      : [];
    const to = narrower ?? whole;
    return { value: { to }, confidence: chosen.confidence, evidence: toEvidence(text, chosen.start, chosen.end) };
  }

  private wordsAfter({ to }: Span): string[] {
    const words: string[] = [];
    for (const { text } of this.reading.tokens.slice(to, to + LOOK_BACK)) {
      if (/^([.;!?]|but|pero)$/.test(text)) break;
      words.push(text);
    }
    return words;
  }

  private wordsBefore({ from }: Span): string[] {
    return this.reading.tokens.slice(Math.max(0, from - LOOK_BACK), from).map(({ text }) => text);
  }

  private toPlace({ from, to }: Span): TextRange {
    const { tokens } = this.reading;
    return { start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 };
  }

  private state(span: Span, window: Window, day: DateTime): Statement {
    return {
      interval: toInterval(window, day),
      confidence: span.confidence,
      kind: window.kind,
      from: span.from,
      ...this.toPlace(span),
    };
  }
}
