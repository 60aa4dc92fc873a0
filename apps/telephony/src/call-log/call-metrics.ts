import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Histogram, register, type Metric } from 'prom-client';

/** Metrics of calls. Labels have low cardinality: never a phone number, an id or a URL. */
@Injectable()
export class CallMetrics implements OnModuleInit {
  private readonly closedCalls = new Counter({
    name: 'delauto_calls_closed_total',
    help: 'Closed call attempts by outcome. Refused attempts were never dialed.',
    labelNames: ['outcome'],
    registers: [],
  });
  private readonly unknownAttempts = new Counter({
    name: 'delauto_call_attempts_unknown_total',
    help: 'Create requests to the carrier that got no response.',
    registers: [],
  });
  private readonly resolutionSeconds = new Histogram({
    name: 'delauto_call_attempt_certain_seconds',
    help: 'Seconds until it is known whether a call was placed, for create requests without a response.',
    labelNames: ['fate'],
    buckets: [0.1, 0.5, 1, 2, 5, 10, 20, 30, 40, 50, 60, 75, 90, 120, 300, 900],
    registers: [],
  });
  private readonly receivedCalls = new Counter({
    name: 'delauto_calls_received_total',
    help: 'Inbound calls, from customers with an open question and from unknown callers.',
    labelNames: ['from'],
    registers: [],
  });
  private readonly secondCalls = new Counter({
    name: 'delauto_second_carrier_calls_total',
    help: 'Attempts with two calls at the carrier. Page the on-call engineer.',
    registers: [],
  });

  /** Registered here, because the default registry is cleared while the app's modules are constructed. */
  onModuleInit(): void {
    const metrics: Metric[] = [
      this.closedCalls,
      this.unknownAttempts,
      this.resolutionSeconds,
      this.receivedCalls,
      this.secondCalls,
    ];
    for (const metric of metrics) register.registerMetric(metric);
  }

  recordClosedCall(outcome: string): void {
    this.closedCalls.inc({ outcome });
  }

  recordUnknownAttempt(): void {
    this.unknownAttempts.inc();
  }

  /** @param seconds time since the create request */
  recordResolution(fate: 'placed' | 'not_placed' | 'counts_as_placed', seconds: number): void {
    this.resolutionSeconds.observe({ fate }, seconds);
  }

  recordReceivedCall(from: 'customer' | 'unknown'): void {
    this.receivedCalls.inc({ from });
  }

  recordSecondCarrierCall(): void {
    this.secondCalls.inc();
  }
}
