import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Histogram, register, type Metric } from 'prom-client';

/** Telephony's own figures, beside those every app has. Labels have few values: never a number, an id or a URL. */
@Injectable()
export class TelephonyMetrics implements OnModuleInit {
  private readonly calls = new Counter({
    name: 'delauto_calls_closed_total',
    help: 'Call attempts that are over, by outcome; refused ones were never dialled.',
    labelNames: ['outcome'],
    registers: [],
  });
  private readonly unknown = new Counter({
    name: 'delauto_call_attempts_unknown_total',
    help: 'Create requests to the carrier without an answer.',
    registers: [],
  });
  private readonly resolved = new Histogram({
    name: 'delauto_call_attempt_certain_seconds',
    help: 'From dialling to certainty, of attempts whose create request was not answered, by what became of them.',
    labelNames: ['fate'],
    buckets: [0.1, 0.5, 1, 2, 5, 10, 20, 30, 40, 50, 60, 75, 90, 120, 300, 900],
    registers: [],
  });
  private readonly received = new Counter({
    name: 'delauto_calls_received_total',
    help: 'Calls to our number: of customers we have a question to, and of others.',
    labelNames: ['from'],
    registers: [],
  });
  private readonly doubled = new Counter({
    name: 'delauto_second_carrier_calls_total',
    help: 'Attempts with two calls at the carrier. Page somebody.',
    registers: [],
  });
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
    const all = [
      ...[this.calls, this.unknown, this.resolved, this.received, this.doubled],
      ...[this.rejected, this.stray, this.answers],
    ];
    for (const metric of all as Metric[]) register.registerMetric(metric);
  }

  callClosed(outcome: string): void {
    this.calls.inc({ outcome });
  }

  attemptUnknown(): void {
    this.unknown.inc();
  }

  /** @param seconds from the create request */
  unknownResolved(fate: 'placed' | 'not_placed' | 'counts_as_placed', seconds: number): void {
    this.resolved.observe({ fate }, seconds);
  }

  callReceived(from: 'customer' | 'unknown'): void {
    this.received.inc({ from });
  }

  secondCarrierCall(): void {
    this.doubled.inc();
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
