/** Response times of one kind of webhooks, in ms. */
export interface TimesSummary {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly mostMs: number | null;
}

/** Number of times that are stored of each kind. Later ones are only counted. */
const MAX_STORED_TIMES = 200_000;

/** Response times of the application: separately for requests for documents, on which a call waits, and for reports. */
export class WebhookTimes {
  private readonly kept = { documents: [] as number[], reports: [] as number[] };
  private readonly counts = { documents: 0, reports: 0 };

  record(kind: 'documents' | 'reports', ms: number): void {
    this.counts[kind] += 1;
    if (this.kept[kind].length < MAX_STORED_TIMES) this.kept[kind].push(ms);
  }

  summary(): { readonly documents: TimesSummary; readonly reports: TimesSummary } {
    return { documents: this.summarize('documents'), reports: this.summarize('reports') };
  }

  /** Clears all times and counts. */
  reset(): void {
    for (const kind of ['documents', 'reports'] as const) {
      this.kept[kind].length = 0;
      this.counts[kind] = 0;
    }
  }

  private summarize(kind: 'documents' | 'reports'): TimesSummary {
    const sorted = [...this.kept[kind]].sort((a, b) => a - b);
    const percentile = (share: number): number | null =>
      sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
    return { count: this.counts[kind], p50Ms: percentile(0.5), p99Ms: percentile(0.99), mostMs: sorted.at(-1) ?? null };
  }
}
