import { Injectable } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import type { ClosingReason } from '#libs/contracts/index.js';

function createCounter<L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> {
  register.removeSingleMetric(name);
  return new Counter({ name, help, labelNames });
}

/** Metrics of the live channel. Label values never come from clients, so their number is bounded. */
@Injectable()
export class LiveMetrics {
  private readonly openSockets: Gauge;
  private readonly refusedHandshakes = createCounter(
    'delauto_live_handshakes_refused_total',
    'Handshakes refused.',
    'reason',
  );
  private readonly requests = createCounter('delauto_live_requests_total', 'Requests by outcome.', 'event', 'outcome');
  private readonly closings = createCounter(
    'delauto_live_sockets_ended_total',
    'Sockets closed by this gateway.',
    'reason',
  );

  constructor() {
    register.removeSingleMetric('delauto_live_sockets');
    this.openSockets = new Gauge({ name: 'delauto_live_sockets', help: 'Sockets open at this gateway.' });
  }

  countOpenedSocket(): void {
    this.openSockets.inc();
  }

  countClosedSocket(): void {
    this.openSockets.dec();
  }

  countRefusedHandshake(reason: string): void {
    this.refusedHandshakes.inc({ reason });
  }

  /** @param event the name of a known event, or `unknown` */
  countRequest(event: string, outcome: string): void {
    this.requests.inc({ event, outcome });
  }

  countEndedSocket(reason: ClosingReason): void {
    this.closings.inc({ reason });
  }
}
