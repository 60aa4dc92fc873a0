import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Histogram, register, type Metric } from 'prom-client';

/** Metrics of carrier webhooks. Labels have low cardinality: never a phone number, an id or a URL. */
@Injectable()
export class WebhookMetrics implements OnModuleInit {
  private readonly rejected = new Counter({
    name: 'delauto_webhooks_rejected_total',
    help: 'Rejected webhooks, by reason: invalid signature or invalid content.',
    labelNames: ['reason'],
    registers: [],
  });
  private readonly unmatched = new Counter({
    name: 'delauto_webhooks_stray_total',
    help: 'Signed webhooks about unknown calls, messages or recordings, by kind.',
    labelNames: ['kind'],
    registers: [],
  });
  private readonly voiceResponseSeconds = new Histogram({
    name: 'delauto_voice_webhook_seconds',
    help: 'Seconds to answer a voice webhook.',
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers: [],
  });

  /** Registered here, because the default registry is cleared while the app's modules are constructed. */
  onModuleInit(): void {
    const metrics: Metric[] = [this.rejected, this.unmatched, this.voiceResponseSeconds];
    for (const metric of metrics) register.registerMetric(metric);
  }

  recordRejectedWebhook(reason: 'signature' | 'content'): void {
    this.rejected.inc({ reason });
  }

  recordUnmatchedWebhook(kind: string): void {
    this.unmatched.inc({ kind });
  }

  /**
   * Starts the timer of a voice webhook.
   * @returns a function to call when the voice document is ready
   */
  startVoiceTimer(): () => void {
    return this.voiceResponseSeconds.startTimer();
  }
}
