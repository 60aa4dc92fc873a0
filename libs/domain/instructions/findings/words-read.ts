import { toEvidence } from '../text/find-phrase.js';
import type { Intent, Tag } from '../reading/labels.js';
import { classesOf, indexOf } from '../reading/word-classes.js';
import type { WordClass } from '../reading/word-classes.words.js';
import type { Passage, Reading, Span } from '../reading/reader.js';
import type { Evidence, Found, InstructionsContext, Unclear, UnclearField } from '../model/types.js';
import type { TextRange } from '../times/span-words.js';
import type { PersonWord } from '../people/read-person.js';
import { INTENT_THRESHOLDS, PASSAGE_THRESHOLDS, SPAN_THRESHOLD, toConfidence } from './thresholds.js';

/** Confidence of an explicit wish, 0–1. */
export const EXPLICIT_CONFIDENCE = 0.95;

/** A customer's words with their reading. Collects the words that were not understood. */
export class WordsRead {
  /** Folded words and signs, by token. */
  readonly words: readonly string[];
  readonly #unclear: Unclear[] = [];

  constructor(
    readonly reading: Reading,
    readonly context: InstructionsContext,
    /** The text, folded. */
    readonly folded: string,
  ) {
    this.words = reading.tokens.map(({ text }) => text);
  }

  get unclear(): readonly Unclear[] {
    return this.#unclear;
  }

  /** Whether the likelihood of an intent reaches its threshold. */
  has(intent: Intent): boolean {
    if (this.words.length === 0) return false;
    const inPassage = PASSAGE_THRESHOLDS[intent];
    return (
      this.reading.intents[intent] >= INTENT_THRESHOLDS[intent] ||
      (inPassage !== undefined && this.findPassage(intent).intents[intent] >= inPassage)
    );
  }

  /** Returns the passage in which the likelihood of an intent is highest. */
  private findPassage(intent: Intent): Passage {
    const { passages } = this.reading;
    return passages.reduce((best, one) => (one.intents[intent] > best.intents[intent] ? one : best));
  }

  /** Returns an intent as a finding, with its likeliest passage as evidence; `null` if it is below its threshold. */
  findIntent(intent: Intent): Found<true> | null {
    if (!this.has(intent)) return null;
    const passage = this.findPassage(intent);
    const likelihood = Math.max(this.reading.intents[intent], passage.intents[intent]);
    const confidence = toConfidence(likelihood, INTENT_THRESHOLDS[intent]);
    return { value: true, confidence, evidence: this.toEvidence(passage) };
  }

  /** Returns an explicit wish as a finding; `null` if the pattern does not occur. */
  findPhrase<T>(pattern: RegExp, value: T): Found<T> | null {
    const match = pattern.exec(this.folded);
    if (!match) return null;
    const evidence = this.toQuote({ start: match.index, end: match.index + match[0].length });
    return { value, confidence: EXPLICIT_CONFIDENCE, evidence };
  }

  /** Returns the original words at positions of the folded text. */
  toQuote({ start, end }: TextRange): Evidence {
    return toEvidence(this.context.text, start, end);
  }

  /** Returns the spans of a tag whose confidence suffices, in order. */
  findSpans(tag: Tag): Span[] {
    return this.reading.spans.filter((span) => span.tag === tag && span.confidence >= SPAN_THRESHOLD);
  }

  /** Whether any word is of one of these classes. */
  hasWordOf(...classes: readonly WordClass[]): boolean {
    const indexes = classes.map(indexOf);
    return this.words.some((word) => classesOf(word).some((one) => indexes.includes(one)));
  }

  wordsOf({ from, to }: Pick<Span, 'from' | 'to'>): readonly string[] {
    return this.words.slice(from, to);
  }

  /** The words of a span, folded and as they were written. */
  personWordsOf({ from, to }: Pick<Span, 'from' | 'to'>): PersonWord[] {
    const { text } = this.context;
    return this.reading.tokens
      .slice(from, to)
      .map((token) => ({ text: token.text, written: text.slice(token.start, token.end) }));
  }

  toEvidence({ from, to }: Pick<Span, 'from' | 'to'>): Evidence {
    const { tokens } = this.reading;
    return toEvidence(this.context.text, tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);
  }

  /** Records that words were not understood, so that a person asks the customer. */
  noteUnclear(about: UnclearField, evidence: Evidence): void {
    const isKnown = this.#unclear.some((one) => one.about === about && one.evidence.start === evidence.start);
    if (!isKnown) this.#unclear.push({ about, evidence });
  }
}
