import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Histogram, register, type Metric } from 'prom-client';

/** Figures of the carrier's webhooks. Labels have few values: never a number, an id or a URL. */
@Injectable()
export class WebhookMetrics implements OnModuleInit {
  private readonly rejected = new Counter({
    name: 'delauto_webhooks_rejected_total',
    help: 'Webhooks that were not believed (signature) or not understood (content).',
    labelNames: ['reason'],
    registers: [],
  });
  private readonly stray = new Counter({
    name: 'delauto_webhooks_stray_total',
    help: 'Genuine webhooks about something unknown, by kind.',
    labelNames: ['kind'],
    registers: [],
  });
  private readonly answers = new Histogram({
    name: 'delauto_voice_webhook_seconds',
    help: 'Time to answer the carrier what to do next in a call.',
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers: [],
  });

  /** Only now: the platform's registry is emptied while the app's modules are built. */
  onModuleInit(): void {
    const all: Metric[] = [this.rejected, this.stray, this.answers];
    for (const metric of all) register.registerMetric(metric);
  }

  webhookRejected(reason: 'signature' | 'content'): void {
    this.rejected.inc({ reason });
  }

  strayWebhook(kind: string): void {
    this.stray.inc({ kind });
  }

  /** @returns to be called when the answer is ready */
  startVoiceAnswer(): () => void {
    return this.answers.startTimer();
  }
}
