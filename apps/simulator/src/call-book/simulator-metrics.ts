import { Injectable } from '@nestjs/common';
import { Gauge, register } from 'prom-client';

import { CallBook } from './call-book.js';
import { WebhookClient } from '../webhooks/webhooks.module.js';

/** The simulator's metrics, computed when Prometheus scrapes them. */
@Injectable()
export class SimulatorMetrics {
  constructor(calls: CallBook, webhooks: WebhookClient) {
    register.removeSingleMetric('simulator_open_calls');
    register.removeSingleMetric('simulator_webhooks');
    new Gauge({
      name: 'simulator_open_calls',
      help: 'Calls that have not ended.',
      collect() {
        this.set(calls.openCount);
      },
    });
    new Gauge({
      name: 'simulator_webhooks',
      help: 'Webhooks sent since the start, by result. Each retry also counts under retried.',
      labelNames: ['result'],
      collect() {
        for (const [result, count] of Object.entries(webhooks.counters)) this.set({ result }, count as number);
      },
    });
  }
}
