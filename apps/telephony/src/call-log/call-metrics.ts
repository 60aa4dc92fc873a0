import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Histogram, register, type Metric } from 'prom-client';

/** Telephony's figures of calls, beside those every app has. Labels have few values: never a number, an id or a URL. */
@Injectable()
export class CallMetrics implements OnModuleInit {
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

  /** Only now: the platform's registry is emptied while the app's modules are built. */
  onModuleInit(): void {
    const all: Metric[] = [this.calls, this.unknown, this.resolved, this.received, this.doubled];
    for (const metric of all) register.registerMetric(metric);
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
}
