import { pattern, terms } from '../text/patterns.js';
import { DateTime } from 'luxon';
import type { InstructionsContext } from '../model/types.js';
import type { Reading, Span } from '../reading/reader.js';
import { readClock } from './clock.js';
import { NUMBERS, PARTS, WEEKDAYS } from './time-words.words.js';
import {
  CORRECTS,
  INSTEAD_OF,
  ORDERS,
  PLANNED_TIME,
  REFERS_BACK,
  RETURNS,
  SAME_TIME,
  THAT_DAY,
  THERE_THEN,
} from './compose-times.words.js';
import { CLEAR_CONFIDENCE, isContrasted, isOpeningOfOther } from './doubts.js';
import { deniesPresence, isAboutCalls, lacksAbsence, turnsToAbsence } from './polarity.js';
import { judgeAbsent, judgePresent } from './judge-window.js';
import { readReference } from './references.js';
import { findRestatement } from './restatement.js';
import { settleTimes, type ComposedTimes, type Move, type StatedTimes } from './settle-times.js';
import { toPlace, wordsAfter, wordsBefore, wordsOf, type TextRange } from './span-words.js';
import { toInterval, type Statement } from './statements.js';
import { readTimePhrase, type TimePhrase } from './time-phrase.js';
import { toRoles } from './time-roles.js';
import { isSarcastic, isHypothetical } from './hypothetical.js';
import { readsClock, type PhraseContext } from './window-reader.js';
import { DAY_END, DAY_START, type Window } from './window.js';

/** Words of time. A span that could not be parsed and contains none of them is not a time. */
const TIME_WORDS = pattern`^${[
  ...terms(
    'noon midday mediodia midnight today tomorrow hoy manana hour hours hora horas minutes minutos day dia school work dark dinner supper half quarter media cuarto rato ratito later soon luego pronto hundred',
  ),
]}$`;
/** Words that may stand between a day and the time of that day. */
const BETWEEN_DAY_AND_TIME =
  /^(?:[,.;:]|at|from|between|in|around|like|about|after|a|de|desde|entre|en|por|como|la|las|the|is|es|and|y|i'm|i am|estoy|puedo|can|do|could|work\w*)$/;

/**
 * Minimum confidences of a span, 0–1: of any span, of a bare number, which may count something else, and of a span in a
 * text that is not about times.
 */
const MIN_CONFIDENCE = 0.4;
const MIN_BARE_CONFIDENCE = 0.7;
const MIN_UNASKED_CONFIDENCE = 0.85;
/** Minimum likelihood of `home`, `away` or `reschedule`, 0–1, at which the text is about times. */
const MIN_TOPIC = 0.3;
/** The same within a passage. */
const MIN_PASSAGE_TOPIC = 0.4;
/** Minimum likelihood of `home`, 0–1, for a span in a text that is not about times. */
const MIN_MENTION = 0.08;

/** Parses the spans of a reading that are times, and combines them into windows. */
export function composeTimes(reading: Reading, context: InstructionsContext): ComposedTimes {
  const { zone, now, planned } = context;
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const plannedDay = DateTime.fromJSDate(planned.start, { zone }).startOf('day');
  const composer = new TimeComposer(reading, context, today, plannedDay);
  for (const span of toRoles(reading)) composer.add(span);
  return settleTimes(composer, reading, context);
}

/** Collects the stated times in order, because a later span may refer to an earlier one or correct it. */
class TimeComposer implements StatedTimes {
  readonly present: Statement[] = [];
  readonly implied: Statement[] = [];
  readonly absent: Statement[] = [];
  readonly moves: Move[] = [];
  readonly away: Statement[] = [];
  readonly points: Date[] = [];
  readonly unread: TextRange[] = [];
  private last: Span | null = null;
  private day: readonly DateTime[] | null = null;
  /** The days that were named last, in whichever role. */
  private named: readonly DateTime[] | null = null;
  /** The days that were only mentioned last, and the token after them. */
  private mentioned: { readonly days: readonly DateTime[]; readonly to: number } | null = null;
  private edge: Window | null = null;
  namesOtherDay = false;
  hasUnreadExclusion = false;
  mentionsTime = false;

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
    if (INSTEAD_OF.test(wordsBefore(this.reading, span).slice(-2).join(' '))) return;
    // "Then" in "no one will be home then" is the planned window.
    if (this.edge === null && SAME_TIME.test(wordsOf(this.reading, span).join(' '))) return;
    const words = wordsOf(this.reading, span).map((word) => word.replace(/'s$/, ''));
    // "Whenever you get here" and "the whole time" are the planned window.
    if (tag === 'yes' && PLANNED_TIME.test(words.join(' ')) && !words.some(readsClock)) return;
    const isDayOnly = (read: readonly TimePhrase[] | null): boolean =>
      read?.every(({ windows }) => windows.length === 0) === true;
    if ((tag === 'yes' || tag === 'no') && this.correctsBefore(span)) {
      this.withdraw();
      // "After six tomorrow, no wait, tomorrow I can't" is a negation; "noon, no wait, not before one" is a new time.
      const isNo = tag === 'no' && isDayOnly(readTimePhrase(words, this.toPhraseContext(span)));
      if (!isNo) this.last = { ...span, tag: 'yes' };
    }
    const phrases = readReference(this.edge, words, tag) ?? this.readPhrase(words, span);
    if (tag === 'mention') {
      this.edge = phrases?.at(-1)?.windows.at(-1) ?? this.edge;
      const days = phrases?.at(-1)?.days;
      if (days) this.mentioned = { days, to: span.to };
      if (phrases?.some(({ windows }) => windows.length > 0)) this.mentionsTime = true;
      return;
    }
    // "After that next door will have it" is not about the customer's presence.
    const isReference = phrases !== null && REFERS_BACK.test(words.join(' '));
    if (
      tag === 'yes' &&
      isReference &&
      !/any ?time/.test(words.join(' ')) &&
      !wordsAfter(this.reading, span)
        .slice(0, 4)
        .some((word) => RETURNS.test(word))
    )
      return;
    // The tag and the words around it contradict each other, so the time is reported as unclear.
    const isDoubtful =
      !this.isCorrected(span) &&
      (tag === 'yes'
        ? deniesPresence(this.reading, span)
        : tag === 'no' && (lacksAbsence(this.reading, span) || turnsToAbsence(this.reading, span)));
    if (isDoubtful) {
      if (tag === 'no' && this.isRepeated(span)) return;
      const days = phrases?.at(-1)?.days ?? null;
      if (isDayOnly(phrases) && days !== null) this.day = days;
      else {
        this.markUnread(span);
        if (tag === 'no' && span.confidence >= CLEAR_CONFIDENCE && this.mayBePlannedDay(phrases))
          this.hasUnreadExclusion = true;
      }
      return;
    }
    if (isSarcastic(this.reading, span)) {
      this.mentionsTime = true;
      this.markUnread(span);
      return;
    }
    // What was so, is usual or is said by others is understood, and says nothing of this time.
    if (isHypothetical(this.reading, span)) {
      this.mentionsTime = true;
      return;
    }
    if (isOpeningOfOther(this.reading, span) || isContrasted(this.reading, span)) {
      this.markUnread(span);
      return;
    }
    if (!phrases) {
      if (tag === 'no' && span.confidence >= CLEAR_CONFIDENCE) this.hasUnreadExclusion = true;
      if (tag === 'move')
        this.moves.push({ interval: null, ...toPlace(this.reading, span), confidence: span.confidence });
      else this.markUnread(span);
      return;
    }
    const corrected = this.last?.from === span.from ? this.last : span;
    for (const phrase of phrases) this.addPhrase(corrected, phrase);
    if (phrases.some(({ windows }) => windows.length > 0)) this.last = corrected;
  }

  /**
   * Whether the confidence of a span suffices. It must be higher if neither the question nor the text is about times.
   */
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
      THERE_THEN.test(wordsBefore(this.reading, span).join(' ')) ||
      wordsBefore(this.reading, span).some((word) => ORDERS.test(word));
    const isBare = span.to - span.from === 1 && readClock(wordsOf(this.reading, span), 0)?.isBare === true;
    const isTopic = isAsked || span.tag !== 'yes';
    if (!isTopic && span.confidence >= MIN_UNASKED_CONFIDENCE && home >= MIN_MENTION) return true;
    if (isTopic && span.confidence >= (isBare ? MIN_BARE_CONFIDENCE : MIN_CONFIDENCE)) return true;
    // A repetition of an affirmed time, whose verb the recognizer got wrong, does not make it unclear.
    if (span.tag === 'yes' && this.isRepeated(span)) return false;
    const isPlain = isAsked || span.confidence >= MIN_CONFIDENCE;
    const phrases = readTimePhrase(wordsOf(this.reading, span), this.toPhraseContext(span));
    const hasWindow = phrases?.some(({ windows }) => windows.length > 0) === true;
    if (isPlain && span.tag !== 'move' && hasWindow) this.unread.push(toPlace(this.reading, span));
    return false;
  }

  /** Whether an earlier span with the same words was affirmed. */
  private isRepeated(span: Span): boolean {
    const { text } = this.context;
    const { start, end } = toPlace(this.reading, span);
    const words = text.slice(start, end).toLowerCase();
    return this.present.some((one) => text.slice(one.start, one.end).toLowerCase() === words);
  }

  /** Parses a phrase. In "until lunch, say half past twelve", the more exact time after "say" replaces the first. */
  private readPhrase(words: readonly string[], span: Span): TimePhrase[] | null {
    const context = this.toPhraseContext(span);
    const restatement = findRestatement(words);
    const exact = restatement && readTimePhrase(restatement.exact, context);
    if (!exact) return readTimePhrase(words, context);
    const days = readTimePhrase(restatement.first, context)?.at(-1)?.days ?? null;
    return exact.map((phrase) => ({ ...phrase, days: phrase.days ?? days }));
  }

  private toPhraseContext({ tag }: Span): PhraseContext {
    const { now, zone } = this.context;
    const { hour, minute } = DateTime.fromJSDate(now, { zone });
    return {
      today: this.today,
      ...(this.today.hasSame(this.plannedDay, 'day') && { now: hour * 60 + minute }),
      isRuledOut: tag === 'no',
      half: null,
      planned: this.plannedWindow(),
    };
  }

  /** Reports a span as unclear, unless its confidence is low or it contains no word of time. */
  private markUnread(span: Span): void {
    const containsTime = wordsOf(this.reading, span).some(
      (word) =>
        word in PARTS ||
        (word in NUMBERS && word.length > 2) ||
        WEEKDAYS[word] !== undefined ||
        TIME_WORDS.test(word) ||
        readsClock(word),
    );
    if (span.confidence < MIN_CONFIDENCE || !containsTime) return;
    this.unread.push(toPlace(this.reading, span));
  }

  private isCorrected(span: Span): boolean {
    return this.last?.from === span.from;
  }

  /** Whether the words between the last span and this one are a correction. */
  private correctsBefore(span: Span): boolean {
    if (!this.last) return false;
    const between = wordsOf(this.reading, { from: this.last.to, to: span.from });
    const words = between.filter((word) => /\w/.test(word));
    return words.length <= 9 && CORRECTS.test(words.join(' '));
  }

  private withdraw(): void {
    const from = this.last?.from;
    this.mentionsTime = true;
    for (const list of [this.present, this.implied, this.absent]) {
      for (let index = list.length - 1; index >= 0; index -= 1) if (list[index]?.from === from) list.splice(index, 1);
    }
  }

  private addPhrase(span: Span, { days, windows, untilDay }: TimePhrase): void {
    if (untilDay) this.named = [untilDay];
    // "Can it wait till Monday" moves it to Monday.
    if (untilDay && span.tag === 'move') {
      this.day = [untilDay];
      this.namesOtherDay = true;
      this.addMove(span, [untilDay], windows);
      return;
    }
    if (untilDay !== undefined) {
      if (span.tag === 'no' && untilDay && this.plannedDay < untilDay) {
        this.away.push(this.state(span, { from: DAY_START, to: DAY_END, kind: 'all_day' }, this.plannedDay));
      }
      return;
    }
    if (days !== null && days.length > 0) this.named = days;
    if (days !== null) this.day = days;
    else if (
      this.named &&
      THAT_DAY.test(wordsOf(this.reading, { from: Math.max(0, span.from - 4), to: span.to + 3 }).join(' '))
    )
      this.day = this.named;
    if (days !== null && days.length > 0 && !days.some((day) => day.hasSame(this.plannedDay, 'day')))
      this.namesOtherDay = true;
    this.edge = windows.at(-1) ?? this.edge;
    const isBeside = this.mentioned !== null && this.isBeside(this.mentioned.to, span.from);
    const on = days ?? (isBeside ? this.mentioned?.days : null) ?? this.day ?? [this.plannedDay];
    if (isBeside && days === null) this.namesOtherDay = true;
    if (span.tag === 'move') {
      this.addMove(span, days ?? (windows.length > 0 ? on : []), windows);
      return;
    }
    for (const window of windows) {
      for (const day of on) {
        this.addWindow(span, window, day);
      }
    }
  }

  /** Whether phrases name no other day than the planned one. */
  private mayBePlannedDay(phrases: readonly TimePhrase[] | null): boolean {
    const days = phrases?.flatMap((phrase) => phrase.days ?? []) ?? [];
    return days.length === 0 || days.some((day) => day.hasSame(this.plannedDay, 'day'));
  }

  /** Whether only words of time stand between a day and a time. */
  private isBeside(from: number, to: number): boolean {
    return to - from <= 3 && wordsOf(this.reading, { from, to }).every((word) => BETWEEN_DAY_AND_TIME.test(word));
  }

  private addMove(span: Span, days: readonly DateTime[], windows: readonly Window[]): void {
    const place = { ...toPlace(this.reading, span), confidence: span.confidence };
    const [day] = days;
    if (!day) {
      this.moves.push({ interval: null, ...place });
      return;
    }
    const window = windows[0] ?? { from: DAY_START, to: DAY_END };
    this.moves.push({ interval: toInterval(window, day), ...place });
  }

  private addWindow(span: Span, window: Window, day: DateTime): void {
    const judge = span.tag === 'yes' ? judgePresent : judgeAbsent;
    const meaning = judge(this.reading, span, window);
    switch (meaning.kind) {
      case 'present':
        this.present.push(this.state({ ...span, confidence: meaning.confidence }, meaning.window, day));
        return;
      case 'absent':
        this.absent.push(this.state(span, meaning.window, day));
        if (meaning.implied) this.implied.push(this.state(span, meaning.implied, day));
        return;
      case 'event':
        this.points.push(toInterval(meaning.window, day).start);
        return;
      case 'unread':
        this.markUnread(span);
    }
  }

  private plannedWindow(): Pick<Window, 'from' | 'to'> {
    const { planned, zone } = this.context;
    const [start, end] = [planned.start, planned.end].map((instant) => DateTime.fromJSDate(instant, { zone }));
    return { from: (start?.hour ?? 0) * 60 + (start?.minute ?? 0), to: (end?.hour ?? 0) * 60 + (end?.minute ?? 0) };
  }

  private state(span: Span, window: Window, day: DateTime): Statement {
    return {
      interval: toInterval(window, day),
      confidence: span.confidence,
      kind: window.kind,
      from: span.from,
      ...toPlace(this.reading, span),
    };
  }
}
