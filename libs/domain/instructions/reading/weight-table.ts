/** Weights by feature: one row of 8-bit numbers for each feature that training has kept. */
export class WeightTable {
  private readonly slots: Int32Array;
  private readonly mask: number;

  /**
   * @param keys the hash of each feature
   * @param weights one row of `width` numbers per key
   * @param scale the value of one step of a weight
   */
  constructor(
    private readonly keys: Int32Array,
    private readonly weights: Int8Array,
    readonly width: number,
    readonly scale: number,
  ) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, keys.length * 2)));
    this.mask = size - 1;
    this.slots = new Int32Array(size);
    for (let row = 0; row < keys.length; row += 1) {
      let slot = (keys[row] ?? 0) & this.mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask;
      this.slots[slot] = row + 1;
    }
  }

  /** Adds the unscaled weights of a feature to `sums`, from index `at` on. An unknown feature adds nothing. */
  addTo(sums: Int32Array, at: number, feature: number): void {
    let slot = feature & this.mask;
    for (;;) {
      const row = (this.slots[slot] ?? 0) - 1;
      if (row < 0) return;
      if (this.keys[row] === feature) {
        const from = row * this.width;
        for (let index = 0; index < this.width; index += 1) {
          sums[at + index] = (sums[at + index] ?? 0) + (this.weights[from + index] ?? 0);
        }
        return;
      }
      slot = (slot + 1) & this.mask;
    }
  }
}
