import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { Scene } from './scene.js';

const DRAIN_TIMEOUT_MS = 300_000;

/**
 * Counts the work that the mesh has not finished: events not yet published, and events not yet handled by every
 * consumer.
 */
export class Backlog {
  private constructor(
    private readonly scene: Scene,
    private readonly jsm: JetStreamManager,
    readonly close: () => Promise<void>,
  ) {}

  static async open(scene: Scene, natsUrl: string): Promise<Backlog> {
    const nc = await connect({ servers: natsUrl });
    return new Backlog(scene, await jetstreamManager(nc), () => nc.close());
  }

  async count(): Promise<number> {
    let events = await this.scene.routing.collection('outbox').countDocuments({ unsent: true });
    for await (const stream of this.jsm.streams.list()) {
      for await (const consumer of this.jsm.consumers.list(stream.config.name)) {
        events += consumer.num_pending + consumer.num_ack_pending;
      }
    }
    return events;
  }

  /**
   * Waits until no work is left.
   *
   * @returns The duration of the wait in seconds.
   */
  async waitUntilDrained(): Promise<number> {
    const began = performance.now();
    await waitUntil(async () => (await this.count()) === 0, {
      what: 'the backlog to drain',
      deadlineMs: DRAIN_TIMEOUT_MS,
    });
    return (performance.now() - began) / 1_000;
  }
}
