import type { DateTime } from 'luxon';
import { readDays } from './calendar-day.js';
import { readClock } from './clock.js';
import { normalizeWords } from './normalize-words.js';
import { CORRECTIONS, VAGUE } from './time-phrase.words.js';
import { FILLERS, NOT, NUMBERS, PARTS, WEEKDAYS } from './time-words.words.js';
import { readsClock, WindowReader, type PhraseContext } from './window-reader.js';
import { DAY_END, narrow, type Window } from './window.js';

/** A parsed time phrase: windows on the named days, or on a day that the context provides. */
export interface TimePhrase {
  /** Local midnights; `null` where no day was named; empty where the days stay open ("next month"). */
  readonly days: readonly DateTime[] | null;
  /** Empty where only days were named. */
  readonly windows: readonly Window[];
  /** The day before which all days are meant, as in "until monday". */
  readonly untilDay?: DateTime | null;
  /** Whether the phrase names no definite time, as in "another day". */
  readonly isVague?: true;
}

/** Maximum number of tokens in a time phrase. Longer ones are not time phrases. */
const MAX_WORDS = 24;

/**
 * Parses a whole time phrase.
 * @param words folded words and signs
 * @returns `null` if a word of the phrase is not understood, because that word may negate or narrow the time
 */
export function readTimePhrase(words: readonly string[], context: PhraseContext): TimePhrase[] | null {
  if (words.length > MAX_WORDS) return null;
  return new PhraseReader(normalizeWords(words), context).read();
}

/**
 * Parses the longest time phrase in a short answer; `[]` if it contains none. The time is quadratic in the number of
 * words, so the caller must bound it.
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

class PhraseReader extends WindowReader {
  private readonly phrases: {
    days: readonly DateTime[] | null;
    windows: Window[];
    untilDay?: DateTime | null;
    isVague?: true;
  }[] = [];
  private isOr = false;

  read(): TimePhrase[] | null {
    while (this.at < this.words.length) {
      const before = this.at;
      if (this.skipRepeated()) continue;
      // "Two to five except from three to four" holds an exclusion.
      if (/^(?:menos|except|excepto|salvo)$/.test(this.word()) && /^(?:de|entre|from|between)$/.test(this.word(1)))
        return null;
      if (
        !this.skipLength() &&
        !this.readFromNow() &&
        !this.readCorrection() &&
        !this.readUntilDay() &&
        !this.readDayMention() &&
        !this.addWindow() &&
        !this.readVague() &&
        !this.skipFiller()
      )
        return null;
      if (this.at === before) return null;
    }
    return this.phrases.length === 0 ? null : this.phrases;
  }

  /** Withdraws the time before a correction: "three no four". */
  private readCorrection(): boolean {
    for (const phrase of CORRECTIONS) {
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

  /** Reads "in two hours" and "en media hora": from then on, today. */
  private readFromNow(): boolean {
    const { now, today } = this.context;
    const match = /^(?:in|en|within|dentro de) (half an|an?|una?|media|\w+) (?:hours?|horas?)\b/.exec(
      this.words.slice(this.at, this.at + 5).join(' '),
    );
    const amount = match?.[1] ?? '';
    const hours = /^(?:half an|media)$/.test(amount) ? 0.5 : (NUMBERS[amount] ?? Number(amount));
    if (!match || now === undefined || !(hours > 0 && hours <= 12)) return false;
    const from = now + hours * 60;
    if (from >= DAY_END) return false;
    this.at += match[0].split(' ').length;
    this.phrases.push({ days: [today], windows: [{ from, to: DAY_END, kind: 'at' }] });
    return true;
  }

  /** Skips a duration beside a time: "for two hours". */
  private skipLength(): boolean {
    if (!/^(?:for|por)$/.test(this.word())) return false;
    const unitAt = [2, 3].find((offset) => /^(?:hours?|hrs?|horas?|minutes?|minutos?)$/.test(this.word(offset)));
    const isNumber = this.word(1) in NUMBERS || /^\d{1,2}$/.test(this.word(1));
    if (unitAt === undefined || !isNumber) return false;
    this.at += unitAt + 1;
    return true;
  }

  /** Skips a repeated bound: "from nine and not before". */
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
    if (this.word() === 'tonight') return this.addWindow();
    return true;
  }

  /** Skips words that name no definite time, such as "another day" and "early". */
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

  private addWindow(): boolean {
    const start = this.at;
    const window = this.readWindow();
    // In "after three the two suit me", "the two" is not a second time.
    const isDangling =
      window?.kind === 'at' && this.words[start] === 'las' && (this.phrases.at(-1)?.windows.length ?? 0) > 0;
    if (window && !isDangling) this.add(window);
    return window !== null && !isDangling;
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
}
