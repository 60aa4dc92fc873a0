import { MIN_SIMILARITY, computeRelevance, toStem, toStems, toWords } from '#libs/domain/search/index.js';
import type { SearchEntryDocument } from '#libs/persistence/schemas/transcription/search-entries.js';
import type { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { VectorIndex } from './vector-index.js';
import {
  type FilteredFacts,
  toPredicate,
  type SearchFilter,
  decodeVector,
} from '../search-index/search-index.module.js';
import { WordIndex, type StemCounts } from './word-index.js';

/** A query of the index. */
export interface IndexQuery {
  readonly words: readonly string[];
  /** Embedding of the query; undefined if no embedder is configured or it failed. */
  readonly embedding: Float32Array | undefined;
  readonly filter: SearchFilter;
}

/** A recording that matches a query. */
export interface RankedHit {
  readonly id: string;
  /** Relevance, from 0 to 1. */
  readonly score: number;
}

/** The model of the embeddings and the search for the nearest of them. */
export interface EmbeddingSpace {
  readonly model: string;
  readonly dimensions: number;
  readonly nearest: NearestVectors;
}

/**
 * Weight of a word in the described instructions relative to a word of the transcript, because users mostly search for
 * instructions.
 */
const INSTRUCTION_WEIGHT = 3;

/** In-memory search index of one organization's recordings: words, embeddings and facts to filter by. */
export class OrganizationIndex {
  private readonly facts = new Map<string, FilteredFacts>();
  private readonly words = new WordIndex();
  private readonly vectorIndex: VectorIndex | undefined;

  constructor(private readonly space: EmbeddingSpace | undefined) {
    this.vectorIndex = space && new VectorIndex(space.dimensions, space.nearest);
  }

  get size(): number {
    return this.facts.size;
  }

  /**
   * Adds or replaces an entry as stored in the database. An embedding of another model cannot be compared and is
   * ignored.
   */
  put(entry: SearchEntryDocument): void {
    const { _id: id, spokenAt, agentId, customerId, outcome, vector, vectorModel } = entry;
    this.facts.set(id, { spokenAt, agentId, customerId, outcome });
    this.words.put(id, toStemCounts(entry));
    if (vector && vectorModel === this.space?.model) this.vectorIndex?.put(id, decodeVector(vector));
    else this.vectorIndex?.remove(id);
  }

  remove(id: string): void {
    this.facts.delete(id);
    this.words.remove(id);
    this.vectorIndex?.remove(id);
  }

  /** Combines full-text and semantic search. Returns at most `limit` hits, best first. */
  search({ words, embedding, filter }: IndexQuery, limit: number): RankedHit[] {
    const predicate = toPredicate(filter);
    const isIncluded = predicate && ((id: string) => predicate(this.facts.get(id) ?? { spokenAt: new Date(0) }));
    const wordHits = this.words.search(words.map(toStems), isIncluded, limit);
    const scores = new Map(wordHits.map(({ id, score }) => [id, score]));
    const nearestHits = embedding ? (this.vectorIndex?.search(embedding, isIncluded, limit) ?? []) : [];
    const similarities = new Map(nearestHits.map(({ id, similarity }) => [id, similarity]));
    const getSimilarity = (id: string): number =>
      similarities.get(id) ?? (embedding && this.vectorIndex?.similarityTo(id, embedding)) ?? 0;
    const similarIds = nearestHits.filter(({ similarity }) => similarity >= MIN_SIMILARITY).map(({ id }) => id);
    return [...new Set([...scores.keys(), ...similarIds])]
      .map((id) => ({ id, score: computeRelevance({ words: scores.get(id) ?? 0, similarity: getSimilarity(id) }) }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }
}

function toStemCounts({
  text = '',
  wishes = '',
  language,
}: Pick<SearchEntryDocument, 'text' | 'wishes' | 'language'>): StemCounts {
  const counts = new Map<string, number>();
  const addWords = (source: string, weight: number): void => {
    for (const { text: word } of toWords(source)) {
      const stem = toStem(word, language);
      counts.set(stem, (counts.get(stem) ?? 0) + weight);
    }
  };
  addWords(text, 1);
  addWords(wishes, INSTRUCTION_WEIGHT);
  return counts;
}
