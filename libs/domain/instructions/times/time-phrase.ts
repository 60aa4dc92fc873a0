import type { DateTime } from 'luxon';
import { timeOfDay, type TimeOfDay } from '#libs/domain/time/index.js';
import { readDays } from './calendar-day.js';
import { readClock, type Clock } from './clock.js';
import {
  AFTER,
  ALL_DAY,
  AT,
  BEFORE,
  BEFORE_MORNING_ES,
  BETWEEN,
  FILLERS,
  NOT,
  PARTS,
  TO,
  WEEKDAYS,
} from './time-words.words.js';

/** Parcels are delivered between these times; an open bound ends at them. */
export const DAY_START = timeOfDay(8);
export const DAY_END = timeOfDay(21);

/** A part of a day by wall clock. */
export interface Window {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
  /** `after` and `until` have one named bound. `at` is a point in time, from which on the window is. */
  readonly kind: 'range' | 'after' | 'until' | 'at' | 'part' | 'all_day';
  /** Only a number stands for it, which may count something else. */
  readonly isBare?: true;
}

/** What a phrase says about time: windows, on days or on a day that the context gives. */
export interface TimePhrase {
  /** Local midnights; `null` where no day was named; empty where the days stay open ("next month"). */
  readonly days: readonly DateTime[] | null;
  /** Empty where only days were named. */
  readonly windows: readonly Window[];
  /** The day before which all days are meant, as in "until monday". */
  readonly untilDay?: DateTime | null;
  /** The time was left open, as in "another day". */
  readonly isVague?: true;
}

/** What the words around a phrase tell about it. */
export interface PhraseContext {
  readonly today: DateTime;
  /** Whether the phrase says when the delivery does not suit. "Not after eight" means the evening. */
  readonly isRuledOut: boolean;
  /** The window of the planned delivery, to which "at the same time" refers. */
  readonly planned: Pick<Window, 'from' | 'to'>;
  /** The half of the day of which the sentence speaks, such as "tonight". */
  readonly half: 'am' | 'pm' | null;
}

/**
 * Reads a phrase about time from its first word to its last.
 * @param words folded words and signs
 * @returns `null` where a word of the phrase is not understood: then nothing is known of the time, because the word may
 *   invert or narrow it
 */
export function readTimePhrase(words: readonly string[], context: PhraseContext): TimePhrase[] | null {
  return new PhraseReader(mergeSigns(words), context).read();
}

/**
 * The longest run of words in a short answer that says a time; `[]` where none does. Quadratic in the number of words,
 * so that the caller must bound it.
 */
export function findTimePhrases(words: readonly string[], context: PhraseContext): readonly TimePhrase[] {
  for (let length = words.length; length > 0; length -= 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const phrases = readTimePhrase(words.slice(from, from + length), context);
      const isSaid = phrases?.some(
        ({ days, windows }) =>
          windows.some(({ isBare }) => !isBare) || ((days?.length ?? 0) > 0 && windows.length === 0),
      );
      if (phrases && isSaid) return phrases;
    }
  }
  return [];
}

/** Writes "p . m ." as "pm" and "o clock" as one word. Positions of words do not matter after that. */
function mergeSigns(words: readonly string[]): string[] {
  const text = ` ${words.join(' ')} `
    .replace(/ ([ap]) (?:\. )?m(?: \.)? /g, ' $1m ')
    .replace(/ ([ap])\.m /g, ' $1m ')
    .replace(/ ' (til|till) /g, ' $1 ')
    .replace(/ o clock /g, " o'clock ")
    .replace(/ lunch time /g, ' lunchtime ')
    .replace(/ mid day /g, ' midday ')
    .replace(/ medio dia /g, ' mediodia ')
    .replace(/ any time /g, ' anytime ')
    .replace(/ after noon /g, ' afternoon ')
    .replace(/ (\d+) p /g, ' $1 pm ')
    .replace(/ upto /g, ' up to ')
    .replace(/ (an other|a different|some other|otro) (day|dia|time) /g, ' another day ')
    .replace(/ (that|the same|same|that same|ese|ese mismo|el mismo|mismo) (day|dia) /g, ' ');
  return text
    .trim()
    .split(/ +/)
    .filter((word) => word !== '')
    .map((word) => SHORT_FORMS[word] ?? word.replace(/(?<=\w{3})ish$|'s$/, ''));
}

class PhraseReader {
  private at = 0;
  private readonly phrases: {
    days: readonly DateTime[] | null;
    windows: Window[];
    untilDay?: DateTime | null;
    isVague?: true;
  }[] = [];
  private isOr = false;

  constructor(
    private readonly words: readonly string[],
    private readonly context: PhraseContext,
  ) {}

  read(): TimePhrase[] | null {
    while (this.at < this.words.length) {
      const before = this.at;
      if (this.skipRepeated()) continue;
      if (
        !this.readCorrection() &&
        !this.readUntilDay() &&
        !this.readDayMention() &&
        !this.readWindow() &&
        !this.readVague() &&
        !this.skipFiller()
      )
        return null;
      if (this.at === before) return null;
    }
    return this.phrases.length === 0 ? null : this.phrases;
  }

  private word(offset = 0): string {
    return this.words[this.at + offset] ?? '';
  }

  private is(phrase: string): boolean {
    return phrase.split(' ').every((word, index) => this.word(index) === word);
  }

  /** "Three no four": what was said before is withdrawn. */
  private readCorrection(): boolean {
    for (const phrase of [
      'no wait',
      'no sorry',
      'no perdon',
      'i mean',
      'o mas bien',
      'mas bien',
      'mejor dicho',
      'digo',
      'no actually',
      'actually',
      'wait',
      'perdon',
    ]) {
      if (!this.is(phrase)) continue;
      this.at += phrase.split(' ').length;
      this.phrases.at(-1)?.windows.pop();
      return true;
    }
    // "Wednesday no thursday", "three no four".
    const last = this.phrases.at(-1);
    if (this.word() !== 'no' || !last) return false;
    const isDay = readDays(this.words, this.at + 1, this.context.today) !== null;
    if (isDay && last.windows.length === 0) this.phrases.pop();
    else if (readClock(this.words, this.at + 1)) last.windows.pop();
    else return false;
    this.at += 1;
    return true;
  }

  private skipFiller(): boolean {
    const word = this.word();
    if (word === 'or' || word === 'o') this.isOr = true;
    const isOpeningTo = this.at === 0 && /^(to|al|over|back)$/.test(word);
    if (!isOpeningTo && !FILLERS.has(word) && !/^(and|or|y|o|but|pero|then|luego|[,.;:!?¿¡…'"&+-])$/.test(word))
      return false;
    this.at += 1;
    return true;
  }

  /** "From nine and not before" says its bound twice. */
  private skipRepeated(): boolean {
    if ((this.phrases.at(-1)?.windows.length ?? 0) === 0) return false;
    const rest = this.words.slice(this.at).join(' ');
    if (!/^(and |y |but |pero )?(not |no )?(before|after|earlier|later|antes|despues)$/.test(rest)) return false;
    this.at = this.words.length;
    return true;
  }

  /** "Until monday", "hasta el lunes": the days before it. */
  private readUntilDay(): boolean {
    const start = this.at;
    if (NOT.has(this.word())) this.at += 1;
    const isUntil = /^(until|till|til|untill|before|hasta)$/.test(this.word());
    const skip = this.is('antes de') || this.is('antes del') ? 2 : isUntil ? 1 : 0;
    const days = skip === 0 ? null : readDays(this.words, this.at + skip, this.context.today);
    // "Until tomorrow at ten" is a time.
    if (!days || this.words.slice(days.next).some((word) => word in PARTS || readsClock(word))) {
      this.at = start;
      return false;
    }
    this.at = days.next;
    this.phrases.push({ days: [], windows: [], untilDay: days.days[0] ?? null });
    return true;
  }

  private readDayMention(): boolean {
    const start = this.at;
    const days = readDays(this.words, this.at, this.context.today);
    if (!days || (days.next <= start && this.word() !== 'tonight')) return false;
    this.at = Math.max(days.next, this.at);
    const last = this.phrases.at(-1);
    const isJoined =
      /^(and|or|y|o|u|&|[+]|,)$/.test(this.words[start - 1] ?? '') ||
      WEEKDAYS[this.words[start - 1] ?? ''] !== undefined;
    if (last?.windows.length === 0 && last.days && last.days.length > 0) {
      // "Saturday or sunday" are two days; "tomorrow the fifth" and "mañana martes" are one.
      if (isJoined && !days.isOpen) last.days = [...last.days, ...days.days];
    } else if (last && last.days === null) {
      last.days = days.days;
    } else {
      this.phrases.push({ days: days.days, windows: [] });
    }
    if (this.word() === 'tonight') return this.readWindow();
    return true;
  }

  /** Words that leave the time open, such as "another day" and "early". */
  private readVague(): boolean {
    for (const phrase of VAGUE) {
      if (!this.is(phrase)) continue;
      this.at += phrase.split(' ').length;
      if (this.phrases.length === 0)
        this.phrases.push({ days: /day|dia|week|semana|fecha/.test(phrase) ? [] : null, windows: [], isVague: true });
      return true;
    }
    return false;
  }

  private readWindow(): boolean {
    const start = this.at;
    const window = this.readAllDay() ?? this.readRange() ?? this.readBound() ?? this.readPart() ?? this.readPoint();
    if (!window) {
      this.at = start;
      return false;
    }
    this.add(window);
    return true;
  }

  private add(window: Window): void {
    const last = this.phrases.at(-1);
    if (!last) {
      this.phrases.push({ days: null, windows: window.to > window.from ? [window] : [] });
      return;
    }
    if (window.to <= window.from) return;
    const previous = last.windows.at(-1);
    const common = previous && narrow(previous, window, this.isOr);
    if (common) last.windows.splice(-1, 1, common);
    else last.windows.push(window);
    this.isOr = false;
  }

  private readAllDay(): Window | null {
    const all: Window = { from: DAY_START, to: DAY_END, kind: 'all_day' };
    for (const phrase of [
      'all day long',
      'all day',
      'all of the day',
      'the whole day',
      'whole day',
      'the entire day',
      'entire day',
      'all the time',
      'all the day',
      'the whole time',
      'any hour',
      'any time of day',
      'full day',
      'todo el dia',
      'todo el santo dia',
      'a la hora que sea',
      'a la hora que guste',
      'a la hora que gusten',
      'a la hora que quiera',
      'a la hora que quieran',
      'a la hora que usted guste',
      'cuando sea',
      'cuando guste',
      'cuando gusten',
      'cuando quiera',
      'cuando quieran',
      'el dia entero',
      'a cualquier hora',
      'cualquier hora',
      'a toda hora',
      'toda la jornada',
      'round the clock',
      'todo dia',
    ]) {
      if (!this.is(phrase)) continue;
      this.at += phrase.split(' ').length;
      return all;
    }
    // "Anytime after two" is bounded, "anytime" alone is not.
    if (
      ALL_DAY.has(this.word()) &&
      !this.words
        .slice(this.at + 1)
        .some((word) => AFTER.has(word) || BEFORE.has(word) || BETWEEN.has(word) || word in PARTS || readsClock(word))
    ) {
      this.at += 1;
      return all;
    }
    return null;
  }

  /** "Between two and four", "from two to four", "two to four". */
  private readRange(): Window | null {
    const start = this.at;
    if (BETWEEN.has(this.word()) || /^(from|de|desde|entre)$/.test(this.word())) this.at += 1;
    this.skipAbout();
    const startsBetween = BETWEEN.has(this.words[start] ?? '');
    const from = this.takeClock(false);
    if (!from) return this.back(start);
    const joiner = this.word();
    if (!TO.has(joiner) || (/^(and|y|e|&|n)$/.test(joiner) && !startsBetween)) return this.back(start);
    this.at += 1;
    this.skipAbout();
    const to = this.takeClock();
    if (!to) return this.back(start);
    // "From two to four p.m.": the half of the day also applies to the start, where that keeps the order.
    const half = to.half ?? this.context.half;
    const isSameHalf = from.half === null && half !== null && from.minutes < to.minutes % 720;
    const begin = isSameHalf ? from.minutes + (half === 'pm' ? 720 : 0) : this.resolve(from, 'start');
    const end = to.half === null && to.minutes <= begin ? to.minutes + 720 : to.minutes;
    return end > begin ? { from: begin, to: end, kind: 'range' } : this.back(start);
  }

  private skipAbout(): void {
    while (
      /^(about|around|like|say|maybe|roughly|approximately|probably|eso|tipo|como|mas|menos|casi|the|at|de|a|am|cerca)$/.test(
        this.word(),
      )
    )
      this.at += 1;
  }

  private back(at: number): null {
    this.at = at;
    return null;
  }

  /** "After six", "not before ten", "until noon", "six onwards", "by three at the latest". */
  private readBound(): Window | null {
    const start = this.at;
    const isNegated = NOT.has(this.word());
    if (isNegated) this.at += 1;
    while (
      /^(any|anytime|the|at|a|as|of|cualquier|hora|un|poco|well|just|little|bit|shortly|soon|right|ya|time|some|sometime|es|sea)$/.test(
        this.word(),
      ) &&
      !(this.word() === 'a' && this.words[this.at + 1] === 'las')
    )
      this.at += 1;
    const bound = this.takeBound(isNegated);
    if (!bound) {
      this.at = start;
      return this.readOnward();
    }
    while (
      /^(about|around|like|say|maybe|roughly|approximately|probably|eso|tipo|como|at|de|del|el|la|the|a|que|sean|son|mas|menos|i|my|ese|esa|this|that)$/.test(
        this.word(),
      ) &&
      !this.startsClock()
    )
      this.at += 1;
    // "Para el nueve" is a day.
    if (
      bound === 'until' &&
      /^(el|la|los)$/.test(this.word(-1)) &&
      readDays(this.words, this.at - 1, this.context.today)
    )
      return this.back(start);
    const clock = this.takeClock();
    const named = clock || this.word(-1) === 'de' ? null : this.takePart();
    const isAfter = bound === 'after';
    if (!clock && !named) return this.back(start);
    // "Until late" is no part of the day.
    if (named && !isAfter && this.word(-1) === 'tarde' && !/^(la|en)$/.test(this.word(-2))) return this.back(start);
    if (clock) {
      const edge = this.resolve(clock, isAfter ? 'after' : bound === 'until' ? 'end' : 'before');
      this.skipLatest();
      return toBound(isAfter, edge);
    }
    return named
      ? toBound(
          isAfter,
          isAfter ? (named.from === timeOfDay(12) || named.kind === 'part' ? named.to : named.from) : named.from,
        )
      : null;
  }

  private startsClock(): boolean {
    return readClock(this.words, this.at) !== null && this.word() !== 'a';
  }

  private skipLatest(): void {
    for (const phrase of [
      'at the latest',
      'at latest',
      'a mas tardar',
      'or so',
      'mas o menos',
      'o algo asi',
      'or earlier',
      'or before',
      'o antes',
      'or later',
      'o despues',
      'onwards',
      'onward',
      'on',
      'en adelante',
      'para adelante',
      "pa'delante",
    ]) {
      if (!this.is(phrase)) continue;
      if (readClock(this.words, this.at + phrase.split(' ').length)) continue;
      this.at += phrase.split(' ').length;
      return;
    }
  }

  private takeBound(isNegated: boolean): 'after' | 'before' | 'until' | null {
    for (const [phrase, bound] of BOUNDS) {
      if (!this.is(phrase)) continue;
      this.at += phrase.split(' ').length;
      if (!isNegated) return bound;
      return bound === 'after' ? 'before' : 'after';
    }
    return null;
  }

  /** "Six onwards", "two or later", "four at the latest". */
  private readOnward(): Window | null {
    const start = this.at;
    if (/^(a|de|from|las|la)$/.test(this.word())) this.at += 1;
    const clock = this.takeClock();
    if (!clock) return this.back(start);
    for (const [phrase, isAfter] of ONWARDS) {
      if (!this.is(phrase) || readClock(this.words, this.at + phrase.split(' ').length)) continue;
      this.at += phrase.split(' ').length;
      return toBound(isAfter, this.resolve(clock, isAfter ? 'after' : 'end'));
    }
    return this.back(start);
  }

  private readPart(): Window | null {
    const start = this.at;
    for (const phrase of [
      'at the same time',
      'the same time',
      'same time',
      'a la misma hora',
      'la misma hora',
      'misma hora',
      'same hour',
      'mismo horario',
      'el mismo horario',
    ]) {
      if (!this.is(phrase)) continue;
      this.at += phrase.split(' ').length;
      return { ...this.context.planned, kind: 'range' };
    }
    for (const phrase of ['a primera hora', 'primera hora', 'first thing']) {
      if (!this.is(phrase)) continue;
      this.at += phrase.split(' ').length;
      return { from: DAY_START, to: timeOfDay(12), kind: 'part' };
    }
    while (
      /^(in|on|during|over|at|por|en|de|la|las|the|toda|todas|all|el|a|hora|early|late|mid|first|thing|every|this|esta)$/.test(
        this.word(),
      )
    )
      this.at += 1;
    const part = this.takePart();
    return part ?? this.back(start);
  }

  private takePart(): Window | null {
    const word = this.word();
    if (word === 'manana' || word === 'mananas' || word === 'mananita') {
      const isMorning = BEFORE_MORNING_ES.has(this.words[this.at - 1] ?? '') || word !== 'manana';
      if (!isMorning) return null;
      this.at += 1;
      return { from: DAY_START, to: timeOfDay(12), kind: 'part' };
    }
    const part = Object.hasOwn(PARTS, word) ? PARTS[word] : undefined;
    if (!part) return null;
    this.at += 1;
    return { from: part[0], to: part[1], kind: 'part' };
  }

  /** "At three", "a las cinco", "noon". */
  private readPoint(): Window | null {
    const start = this.at;
    while (
      AT.has(this.word()) ||
      /^(a|eso|de|like|como|the|tipo|for|para|by|home|back|las|la|mas|menos|say|maybe|just|only|right|sharp|y|t|till)$/.test(
        this.word(),
      )
    ) {
      if (this.startsClock()) break;
      this.at += 1;
    }
    const clock = this.takeClock();
    if (!clock) return this.back(start);
    if (clock.minutes === timeOfDay(12) && clock.half === 'pm')
      return { from: timeOfDay(12), to: timeOfDay(13), kind: 'range' };
    const from = this.resolve(clock, 'start');
    const isAlone =
      clock.isBare && !AT.has(this.words[start] ?? '') && !/^(a|las|la|by|home|back)$/.test(this.words[start] ?? '');
    return { from, to: Math.max(DAY_END, from), kind: 'at', ...(isAlone && { isBare: true as const }) };
  }

  private takeClock(mayJoin = true): Clock | null {
    const clock = readClock(this.words, this.at, mayJoin);
    if (clock) this.at = clock.next;
    return clock;
  }

  /**
   * The time of day that is meant. Without a half of the day, 9, 10 and 11 are in the morning and 12 to 7 after noon.
   * 8 is in the morning for a start and in the evening for an end. What is ruled out lies at the edge of the day:
   * "not before eight" is in the morning, "not after eight" in the evening.
   */
  private resolve(clock: Clock, role: 'start' | 'after' | 'end' | 'before'): TimeOfDay {
    if (clock.half !== null) return clock.minutes;
    const half = this.context.half ?? this.halfNearby();
    if (half === 'pm') return clock.minutes + 720;
    const [morning, evening] = [clock.minutes, clock.minutes + 720];
    if (this.context.isRuledOut && role === 'after' && morning >= timeOfDay(6) && morning <= timeOfDay(9))
      return evening;
    if (this.context.isRuledOut && role === 'before') return morning >= timeOfDay(6, 30) ? morning : evening;
    if (role === 'start' || role === 'after') return morning >= DAY_START ? morning : evening;
    return morning > DAY_START + 59 ? morning : evening;
  }

  /** "Tomorrow evening from six to nine": the part of the day tells the half. */
  private halfNearby(): 'pm' | null {
    return this.words.some((word) => /^(afternoon|evening|arvo|tonight|tarde|noche)$/.test(word)) &&
      !this.words.some((word) => /^(morning|mananas)$/.test(word))
      ? 'pm'
      : null;
  }
}

/** How people shorten words when they type. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  d: 'de',
  x: 'por',
  q: 'que',
  dsp: 'despues',
  dsps: 'despues',
  desp: 'despues',
  mnna: 'manana',
  mnn: 'manana',
  mñna: 'manana',
  mñn: 'manana',
  b4: 'before',
  aftr: 'after',
  wkend: 'weekend',
  nxt: 'next',
  wk: 'week',
  '2mrw': 'tomorrow',
  '2moro': 'tomorrow',
  tmw: 'tomorrow',
  lonche: 'lunch',
  while: 'till',
  u: 'o',
  hrs: 'hrs',
};

const VAGUE: readonly string[] = [
  'in between',
  'between',
  'another day',
  'another time',
  'any other day',
  'any day',
  'some other time',
  'a different day',
  'other day',
  'different day',
  'next delivery',
  'otra fecha',
  'cualquier dia',
  'any other time',
  'otra hora',
  'later in the week',
  'earlier',
  'later',
  'sooner',
  'early',
  'soon',
  'mas temprano',
  'mas tarde',
  'temprano',
  'tempranito',
  'al rato',
  'al ratito',
  'ahorita',
  'ya',
  'siempre',
  'always',
  'all week',
  'toda la semana',
  'entre semana',
  'weekdays',
  'the day after',
  'al otro dia',
  'al dia siguiente',
  'a week',
  'una semana',
  'a fortnight',
  'un dia',
  'a day',
];

const readsClock = (word: string): boolean => readClock([word], 0) !== null;

const toBound = (isAfter: boolean, edge: TimeOfDay): Window =>
  isAfter
    ? { from: edge, to: Math.max(DAY_END, edge), kind: 'after' }
    : { from: Math.min(DAY_START, edge), to: edge, kind: 'until' };

const BOUNDS: readonly (readonly [phrase: string, bound: 'after' | 'before' | 'until'])[] = [
  ['no earlier than', 'after'],
  ['no sooner than', 'after'],
  ['earlier than', 'before'],
  ['sooner than', 'before'],
  ['no later than', 'until'],
  ['later than', 'after'],
  ['up to', 'until'],
  ['up until', 'until'],
  ['prior to', 'before'],
  ['as of', 'after'],
  ['a partir de', 'after'],
  ['a partir del', 'after'],
  ['partir de', 'after'],
  ['despues de', 'after'],
  ['despues del', 'after'],
  ['luego de', 'after'],
  ['mas tarde de', 'after'],
  ['mas tarde que', 'after'],
  ['mas temprano de', 'before'],
  ['antes de', 'before'],
  ['antes del', 'before'],
  ['a mas tardar', 'until'],
  ['pasando', 'after'],
  ['pasadas', 'after'],
  ['pasado', 'after'],
  ['pasada', 'after'],
  ['pasaditas', 'after'],
  ['desde', 'after'],
  ['hasta', 'until'],
  ['para', 'until'],
  ['after', 'after'],
  ['past', 'after'],
  ['since', 'after'],
  ['from', 'after'],
  ['starting', 'after'],
  ['beyond', 'after'],
  ['de', 'after'],
  ['before', 'before'],
  ['until', 'until'],
  ['till', 'until'],
  ['til', 'until'],
  ['untill', 'until'],
  ['by', 'until'],
];

const ONWARDS: readonly (readonly [phrase: string, isAfter: boolean])[] = [
  ['onwards', true],
  ['onward', true],
  ['on', true],
  ['and on', true],
  ['or later', true],
  ['and later', true],
  ['or after', true],
  ['and after', true],
  ['and up', true],
  ['plus', true],
  ['+', true],
  ['en adelante', true],
  ['para adelante', true],
  ['pa delante', true],
  ["pa'delante", true],
  ['pasadas', true],
  ['o despues', true],
  ['o mas tarde', true],
  ['at the latest', false],
  ['latest', false],
  ['or earlier', false],
  ['or before', false],
  ['tops', false],
  ['a mas tardar', false],
  ['como maximo', false],
  ['o antes', false],
];

/** The common part of two windows of one phrase where the second narrows the first: "after two but before four". */
function narrow(first: Window, second: Window, isOr: boolean): Window | null {
  if (isOr) return null;
  const kinds = new Set([first.kind, second.kind]);
  const areBounds = (kinds.has('after') || kinds.has('at')) && kinds.has('until');
  const hasPart = kinds.has('part') || kinds.has('all_day');
  if (!areBounds && !(hasPart && kinds.size === 2)) return null;
  const from = Math.max(first.from, second.from);
  const to = Math.min(first.to, second.to);
  if (to > from) return { from, to, kind: 'range' };
  // "Evening, four to five": the exact time counts.
  return hasPart ? (first.kind === 'part' ? second : first) : null;
}
