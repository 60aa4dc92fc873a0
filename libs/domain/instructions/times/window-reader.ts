import type { DateTime } from 'luxon';
import { timeOfDay, type TimeOfDay } from '#libs/domain/time/index.js';
import { readDays } from './calendar-day.js';
import { readClock, type Clock } from './clock.js';
import { ALL_DAY_PHRASES, AT_THE_END, BOUNDS, FIRST_THING, ONWARDS, SAME_TIME } from './time-phrase.words.js';
import { AFTER, ALL_DAY, AT, BEFORE, BEFORE_MORNING_ES, BETWEEN, NOT, PARTS, TO } from './time-words.words.js';
import { DAY_END, DAY_START, toBound, type Window } from './window.js';

/** The context of a time phrase, taken from the words around it. */
export interface PhraseContext {
  readonly today: DateTime;
  /** Whether the phrase states when the customer is not available. "Not after eight" means the evening. */
  readonly isRuledOut: boolean;
  /** The window of the planned delivery, to which "at the same time" refers. */
  readonly planned: Pick<Window, 'from' | 'to'>;
  /** Minutes after midnight at which the customer speaks, on the planned day. If absent, "in two hours" is not read. */
  readonly now?: TimeOfDay;
  /** The half of the day of which the sentence speaks, such as "tonight". */
  readonly half: 'am' | 'pm' | null;
}

const wordsByPhrase = new Map<string, readonly string[]>();

/** Splits a phrase of a word list into words. */
function toWords(phrase: string): readonly string[] {
  const known = wordsByPhrase.get(phrase) ?? phrase.split(' ');
  wordsByPhrase.set(phrase, known);
  return known;
}

/** Parses windows one after the other from normalized words. */
export class WindowReader {
  protected at = 0;

  constructor(
    protected readonly words: readonly string[],
    protected readonly context: PhraseContext,
  ) {}

  protected word(offset = 0): string {
    return this.words[this.at + offset] ?? '';
  }

  protected is(phrase: string): boolean {
    return toWords(phrase).every((word, index) => this.word(index) === word);
  }

  /** Parses the window at the current word. If no window begins there, returns `null` and keeps the position. */
  protected readWindow(): Window | null {
    const start = this.at;
    const window = this.readAllDay() ?? this.readRange() ?? this.readBound() ?? this.readPart() ?? this.readPoint();
    return window ?? this.back(start);
  }

  private readAllDay(): Window | null {
    const all: Window = { from: DAY_START, to: DAY_END, kind: 'all_day' };
    for (const phrase of ALL_DAY_PHRASES) {
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
    // "From midnight to noon" begins with the delivery day, because there are no deliveries before.
    if (from.minutes === timeOfDay(24) && to.minutes > DAY_START)
      return { from: DAY_START, to: to.minutes, kind: 'range' };
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
    const opening = this.takeBound(isNegated);
    while (
      opening === null &&
      /^(any|anytime|the|at|a|as|of|cualquier|hora|un|poco|well|just|little|bit|shortly|soon|right|ya|time|some|sometime|es|sea)$/.test(
        this.word(),
      ) &&
      !(this.word() === 'a' && this.words[this.at + 1] === 'las')
    )
      this.at += 1;
    const bound = opening ?? this.takeBound(isNegated);
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
    const clockAt = this.at;
    const clock = this.takeClock();
    const named = clock || this.word(-1) === 'de' ? null : this.takePart();
    const isAfter = bound === 'after';
    if (!clock && !named) return this.back(start);
    // "Until late" is no part of the day.
    if (named && !isAfter && this.word(-1) === 'tarde' && !/^(la|en)$/.test(this.word(-2))) return this.back(start);
    // "Any time from one to three" is a range, which begins at "from".
    if (clock && /^(?:from|de|desde)$/.test(this.words[clockAt - 1] ?? '') && this.opensRange())
      return this.back(start);
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

  private opensRange(): boolean {
    return (
      /^(?:to|till|til|until|through|-|–|a|hasta)$/.test(this.word()) && readClock(this.words, this.at + 1) !== null
    );
  }

  private startsClock(): boolean {
    return readClock(this.words, this.at) !== null && this.word() !== 'a';
  }

  private skipLatest(): void {
    for (const phrase of AT_THE_END) {
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
    for (const phrase of SAME_TIME) {
      if (!this.is(phrase)) continue;
      this.at += phrase.split(' ').length;
      return { ...this.context.planned, kind: 'range' };
    }
    for (const phrase of FIRST_THING) {
      if (!this.is(phrase)) continue;
      this.at += phrase.split(' ').length;
      return { from: DAY_START, to: timeOfDay(12), kind: 'part' };
    }
    while (
      /^(in|on|for|during|over|at|por|en|de|la|las|the|toda|todas|all|el|a|hora|early|late|mid|first|thing|every|this|esta)$/.test(
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
   * Resolves a clock time to a time of day. Without a.m. or p.m., 9, 10 and 11 are in the morning and 12 to 7 after
   * noon. 8 is in the morning for a start and in the evening for an end. For excluded times it is the opposite: "not
   * before eight" is in the morning, "not after eight" in the evening.
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
    const isLater = (at: number): boolean => this.words[at] === 'tarde' && this.words[at - 1] === 'mas';
    return this.words.some((word, at) => /^(afternoon|evening|arvo|tonight|tarde|noche)$/.test(word) && !isLater(at)) &&
      !this.words.some((word) => /^(morning|mananas)$/.test(word))
      ? 'pm'
      : null;
  }
}

/** Whether a word alone is a clock time. */
export const readsClock = (word: string): boolean => readClock([word], 0) !== null;
