type StoredDocument = Readonly<Record<string, unknown>> & { readonly _id: string };
type Collections = Map<string, Map<string, StoredDocument>>;

/** An app's database in memory. Documents are replaced and never mutated, so that snapshots can share them. */
export class MemoryStore {
  private collections: Collections = new Map();
  private undo: (() => void)[] | undefined;

  documents(collection: string): ReadonlyMap<string, StoredDocument> {
    return this.open(collection);
  }

  put(collection: string, document: StoredDocument): void {
    this.change(collection, document._id, document);
  }

  remove(collection: string, id: string): void {
    this.change(collection, id, undefined);
  }

  /** Runs work and undoes its changes if it throws. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.undo) throw new Error('The store supports one transaction at a time.');
    this.undo = [];
    try {
      return await work();
    } catch (error) {
      for (const step of this.undo.reverse()) step();
      throw error;
    } finally {
      this.undo = undefined;
    }
  }

  snapshot(): Collections {
    return new Map([...this.collections].map(([name, documents]) => [name, new Map(documents)]));
  }

  restore(snapshot: Collections): void {
    this.collections = new Map([...snapshot].map(([name, documents]) => [name, new Map(documents)]));
  }

  private change(collection: string, id: string, document: StoredDocument | undefined): void {
    const documents = this.open(collection);
    const before = documents.get(id);
    this.undo?.push(() => {
      if (before) documents.set(id, before);
      else documents.delete(id);
    });
    if (document) documents.set(id, document);
    else documents.delete(id);
  }

  private open(collection: string): Map<string, StoredDocument> {
    const documents = this.collections.get(collection) ?? new Map<string, StoredDocument>();
    this.collections.set(collection, documents);
    return documents;
  }
}
