/** How long webhooks of one kind took to be answered; ms. */
export interface TimesSummary {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly mostMs: number | null;
}

/** As many of each kind are kept; later ones are counted only. */
const MOST_KEPT = 200_000;

/** How long the application took to answer: what to do next in a call apart from what it was merely told. */
export class WebhookTimes {
  private readonly kept = { documents: [] as number[], reports: [] as number[] };
  private readonly counts = { documents: 0, reports: 0 };

  record(kind: 'documents' | 'reports', ms: number): void {
    this.counts[kind] += 1;
    if (this.kept[kind].length < MOST_KEPT) this.kept[kind].push(ms);
  }

  summary(): { readonly documents: TimesSummary; readonly reports: TimesSummary } {
    return { documents: this.of('documents'), reports: this.of('reports') };
  }

  /** From now on only what comes is counted. */
  reset(): void {
    for (const kind of ['documents', 'reports'] as const) {
      this.kept[kind].length = 0;
      this.counts[kind] = 0;
    }
  }

  private of(kind: 'documents' | 'reports'): TimesSummary {
    const sorted = [...this.kept[kind]].sort((a, b) => a - b);
    const at = (share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
    return { count: this.counts[kind], p50Ms: at(0.5), p99Ms: at(0.99), mostMs: sorted.at(-1) ?? null };
  }
}
