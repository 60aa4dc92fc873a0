import type { CallOutcome } from '#libs/contracts/index.js';
import type { NearestVectors } from '#libs/ports/nearest-vectors.js';

/** What a search may be narrowed by. */
export interface SearchFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly agentId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: CallOutcome | undefined;
}

/** A recording's meaning with what it is filtered by. */
export interface MeaningEntry {
  readonly id: string;
  /** Of length 1. */
  readonly vector: Float32Array;
  readonly spokenAt: Date;
  readonly agentId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: CallOutcome | undefined;
}

type Facts = Omit<MeaningEntry, 'vector'>;

export interface Meant {
  readonly id: string;
  /** The cosine between the two meanings. */
  readonly likeness: number;
}

const FIRST_CAPACITY = 256;

/** One organisation's recordings by meaning, in memory. Every search compares with each of them. */
export class MeaningIndex {
  private matrix: Float32Array;
  private readonly facts: Facts[] = [];
  private readonly rows = new Map<string, number>();

  constructor(
    private readonly dimensions: number,
    private readonly nearest: NearestVectors,
  ) {
    this.matrix = new Float32Array(FIRST_CAPACITY * dimensions);
  }

  get size(): number {
    return this.facts.length;
  }

  /** Adds it, or takes the place of what was known by its id. */
  put({ vector, ...facts }: MeaningEntry): void {
    if (vector.length !== this.dimensions) {
      throw new RangeError(`${facts.id} has ${vector.length} dimensions; ${this.dimensions} are compared.`);
    }
    const row = this.rows.get(facts.id) ?? this.facts.length;
    if ((row + 1) * this.dimensions > this.matrix.length) this.grow();
    this.matrix.set(vector, row * this.dimensions);
    this.facts[row] = facts;
    this.rows.set(facts.id, row);
  }

  /** The last one takes its row, so that there is no gap. */
  remove(id: string): void {
    const row = this.rows.get(id);
    if (row === undefined) return;
    this.rows.delete(id);
    const last = this.facts.pop();
    if (!last || last.id === id) return;
    this.matrix.copyWithin(row * this.dimensions, this.facts.length * this.dimensions, this.end + this.dimensions);
    this.facts[row] = last;
    this.rows.set(last.id, row);
  }

  /** The likest first, at most `most`. */
  search(query: Float32Array, filter: SearchFilter, most: number): Meant[] {
    const passes = predicateOf(filter);
    if (!passes) {
      const found = this.nearest.find(this.matrix.subarray(0, this.end), query, most);
      return found.map(({ row, likeness }) => ({ id: this.facts[row]?.id ?? '', likeness }));
    }
    const found: Meant[] = [];
    for (const [row, facts] of this.facts.entries()) {
      if (passes(facts)) found.push({ id: facts.id, likeness: this.likeness(row, query) });
    }
    return found.sort((a, b) => b.likeness - a.likeness).slice(0, most);
  }

  /** Of one recording; undefined where its meaning is not known. */
  likenessOf(id: string, query: Float32Array): number | undefined {
    const row = this.rows.get(id);
    return row === undefined ? undefined : this.likeness(row, query);
  }

  private get end(): number {
    return this.facts.length * this.dimensions;
  }

  private likeness(row: number, query: Float32Array): number {
    const start = row * this.dimensions;
    let sum = 0;
    for (let at = 0; at < this.dimensions; at += 1) sum += (this.matrix[start + at] ?? 0) * (query[at] ?? 0);
    return sum;
  }

  private grow(): void {
    const larger = new Float32Array(this.matrix.length * 2);
    larger.set(this.matrix);
    this.matrix = larger;
  }
}

/** Undefined where everything passes. */
function predicateOf({
  from,
  to,
  agentId,
  customerId,
  outcome,
}: SearchFilter): ((facts: Facts) => boolean) | undefined {
  if (!from && !to && agentId === undefined && customerId === undefined && outcome === undefined) return undefined;
  return (facts) =>
    (!from || facts.spokenAt >= from) &&
    (!to || facts.spokenAt < to) &&
    (agentId === undefined || facts.agentId === agentId) &&
    (customerId === undefined || facts.customerId === customerId) &&
    (outcome === undefined || facts.outcome === outcome);
}
