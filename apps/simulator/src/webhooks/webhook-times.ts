/** Response times of one kind of webhook, in ms. */
export interface TimesSummary {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly mostMs: number | null;
}

/** Maximum number of response times that are stored of each kind. Later ones are only counted. */
const MAX_STORED_TIMES = 200_000;

/**
 * Response times of the application's webhooks. `documents` are webhooks that returned TwiML, which a call waits for.
 * `reports` are all others, such as status callbacks.
 */
export class WebhookTimes {
  private readonly storedMs = { documents: [] as number[], reports: [] as number[] };
  private readonly counts = { documents: 0, reports: 0 };

  record(kind: 'documents' | 'reports', ms: number): void {
    this.counts[kind] += 1;
    if (this.storedMs[kind].length < MAX_STORED_TIMES) this.storedMs[kind].push(ms);
  }

  summary(): { readonly documents: TimesSummary; readonly reports: TimesSummary } {
    return { documents: this.summarize('documents'), reports: this.summarize('reports') };
  }

  /** Clears all times and counts. */
  reset(): void {
    for (const kind of ['documents', 'reports'] as const) {
      this.storedMs[kind].length = 0;
      this.counts[kind] = 0;
    }
  }

  private summarize(kind: 'documents' | 'reports'): TimesSummary {
    const sortedMs = [...this.storedMs[kind]].sort((a, b) => a - b);
    const percentile = (fraction: number): number | null =>
      sortedMs[Math.max(0, Math.ceil(fraction * sortedMs.length) - 1)] ?? null;
    return {
      count: this.counts[kind],
      p50Ms: percentile(0.5),
      p99Ms: percentile(0.99),
      mostMs: sortedMs.at(-1) ?? null,
    };
  }
}
