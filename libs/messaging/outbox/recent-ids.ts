/** A set of the most recently added ids, limited to `max`. */
export class RecentIds {
  private readonly ids = new Set<string>();

  constructor(private readonly max: number) {}

  add(id: string): void {
    this.ids.add(id);
    if (this.ids.size <= this.max) return;
    // A set iterates in insertion order, so the first id is the oldest.
    for (const oldest of this.ids) {
      this.ids.delete(oldest);
      return;
    }
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }
}
