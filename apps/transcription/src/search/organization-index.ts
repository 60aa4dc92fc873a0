import { LEAST_LIKENESS, relevance, stemOf, stemsOf, wordsOf } from '#libs/domain/search/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/transcription/search-entries.js';
import type { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { MeaningIndex } from './meaning-index.js';
import { type FilteredFacts, predicateOf, type SearchFilter, vectorOf } from '../search-index/search-index.module.js';
import { WordIndex, type StemCounts } from './word-index.js';

/** What is looked for. */
export interface Sought {
  readonly words: readonly string[];
  /** What they mean together; undefined where nobody can say. */
  readonly meaning: Float32Array | undefined;
  readonly filter: SearchFilter;
}

export interface Ranked {
  readonly id: string;
  /** 0 to 1. */
  readonly score: number;
}

/** How meanings are compared; absent where no embedder is configured. */
export interface Comparison {
  readonly model: string;
  readonly dimensions: number;
  readonly nearest: NearestVectors;
}

/** What was understood is what people look for; the words around it are many. */
const WISH_WEIGHT = 3;

/** One organisation's recordings, in memory: their words, their meanings, and what they are filtered by. */
export class OrganizationIndex {
  private readonly facts = new Map<string, FilteredFacts>();
  private readonly words = new WordIndex();
  private readonly meanings: MeaningIndex | undefined;

  constructor(private readonly comparison: Comparison | undefined) {
    this.meanings = comparison && new MeaningIndex(comparison.dimensions, comparison.nearest);
  }

  get size(): number {
    return this.facts.size;
  }

  /** As it stands in the database. A meaning made by another model cannot be compared, and counts as none. */
  put(entry: SearchEntryDocument): void {
    const { _id: id, spokenAt, agentId, customerId, outcome, vector, vectorModel } = entry;
    this.facts.set(id, { spokenAt, agentId, customerId, outcome });
    this.words.put(id, stemCountsOf(entry));
    if (vector && vectorModel === this.comparison?.model) this.meanings?.put(id, vectorOf(vector));
    else this.meanings?.remove(id);
  }

  remove(id: string): void {
    this.facts.delete(id);
    this.words.remove(id);
    this.meanings?.remove(id);
  }

  /** By words and by meaning, the best first: at most `most`. */
  search({ words, meaning, filter }: Sought, most: number): Ranked[] {
    const narrowed = predicateOf(filter);
    const passes = narrowed && ((id: string) => narrowed(this.facts.get(id) ?? { spokenAt: new Date(0) }));
    const byWords = this.words.search(words.map(stemsOf), passes, most);
    const scores = new Map(byWords.map(({ id, score }) => [id, score]));
    const likest = meaning ? (this.meanings?.search(meaning, passes, most) ?? []) : [];
    const likenesses = new Map(likest.map(({ id, likeness }) => [id, likeness]));
    const likenessOf = (id: string): number =>
      likenesses.get(id) ?? (meaning && this.meanings?.likenessOf(id, meaning)) ?? 0;
    const meant = likest.filter(({ likeness }) => likeness >= LEAST_LIKENESS).map(({ id }) => id);
    return [...new Set([...scores.keys(), ...meant])]
      .map((id) => ({ id, score: relevance({ words: scores.get(id) ?? 0, likeness: likenessOf(id) }) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
      .slice(0, most);
  }
}

function stemCountsOf({
  text = '',
  wishes = '',
  language,
}: Pick<SearchEntryDocument, 'text' | 'wishes' | 'language'>): StemCounts {
  const counts = new Map<string, number>();
  const add = (from: string, weight: number): void => {
    for (const { text: word } of wordsOf(from)) {
      const stem = stemOf(word, language);
      counts.set(stem, (counts.get(stem) ?? 0) + weight);
    }
  };
  add(text, 1);
  add(wishes, WISH_WEIGHT);
  return counts;
}
