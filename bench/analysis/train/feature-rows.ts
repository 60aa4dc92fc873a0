/** The features that training keeps, each with the row of its weights. */
export class FeatureRows {
  private readonly rows = new Map<number, number>();

  /**
   * @param counts in how many places each feature occurs
   * @param least a feature that occurs less often is dropped: it would only learn one utterance by heart
   */
  constructor(counts: ReadonlyMap<number, number>, least: number) {
    for (const [feature, count] of counts) if (count >= least) this.rows.set(feature, this.rows.size);
  }

  get size(): number {
    return this.rows.size;
  }

  has(feature: number): boolean {
    return this.rows.has(feature);
  }

  /** The hash of each feature, by row. */
  toKeys(): Int32Array {
    return Int32Array.from(this.rows.keys());
  }

  /** The rows of those features that are kept. */
  find(features: Iterable<number>): Int32Array {
    const found: number[] = [];
    for (const feature of features) {
      const row = this.rows.get(feature);
      if (row !== undefined) found.push(row);
    }
    return Int32Array.from(found);
  }
}
