import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { MessagingSettings } from './options.js';
import { ensureTopology, removeConsumers } from './ensure-topology.js';
import { consumersOf, streams, unusedStreams } from './topology.js';

/** An app that waits this long for its first connection says so. */
const NOTICE_MS = 3_000;

/** One app's connection to NATS. It reconnects for ever; what was subscribed stays subscribed. */
export class NatsLink implements OnApplicationShutdown {
  private readonly logger = new Logger('Nats');
  private readonly reconnectListeners = new Set<() => void>();
  private ensuring: Promise<void> | null = null;
  private closing = false;

  private constructor(
    readonly nc: NatsConnection,
    readonly js: JetStreamClient,
    readonly jsm: JetStreamManager,
    private readonly settings: MessagingSettings,
  ) {
    void this.watch();
  }

  /** Waits until a server is there: an app may boot before its servers. */
  static async open(settings: MessagingSettings): Promise<NatsLink> {
    const waiting = setTimeout(
      () => new Logger('Nats').warn('No NATS server answers yet; waiting for one.'),
      NOTICE_MS,
    );
    const nc = await connect({
      servers: settings.natsUrl.split(',').map((url) => url.trim()),
      name: settings.app,
      waitOnFirstConnect: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
      reconnectJitter: 100,
      pingInterval: 10_000,
    });
    clearTimeout(waiting);
    return new NatsLink(nc, jetstream(nc), await jetstreamManager(nc, { checkAPI: false }), settings);
  }

  /** Creates or updates what this app needs in JetStream. Callers at the same time share one pass. */
  ensureTopology(): Promise<void> {
    this.ensuring ??= this.ensureOnce().finally(() => {
      this.ensuring = null;
    });
    return this.ensuring;
  }

  private async ensureOnce(): Promise<void> {
    const { app, registry, tuning } = this.settings;
    await ensureTopology(this.jsm, streams(registry, tuning), consumersOf(app, registry, tuning));
    await removeConsumers(this.jsm, app, unusedStreams(app, registry));
  }

  /** @returns how to stop listening */
  onReconnect(listener: () => void): () => void {
    this.reconnectListeners.add(listener);
    return () => this.reconnectListeners.delete(listener);
  }

  /** Sends what is buffered and closes; harmless when closed. */
  async close(): Promise<void> {
    if (this.nc.isClosed()) return;
    this.closing = true;
    // Draining needs the server; when it is away there is nobody to drain to.
    const drained = this.nc.drain().catch(() => undefined);
    const patience = new Promise((resolve) => setTimeout(resolve, 2_000).unref());
    await Promise.race([drained, patience]);
    if (!this.nc.isClosed()) await this.nc.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async watch(): Promise<void> {
    for await (const status of this.nc.status()) {
      if (status.type === 'disconnect' && !this.closing) this.logger.warn('Disconnected from NATS; reconnecting.');
      if (status.type === 'error') this.logger.error(status.error, 'NATS reports an error.');
      if (status.type !== 'reconnect') continue;
      this.logger.log('Reconnected to NATS.');
      for (const listener of this.reconnectListeners) listener();
    }
  }
}
