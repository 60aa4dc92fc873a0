import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/kernel/index.js';
import type { MessagingSettings } from '../options/options.js';
import { ensureTopology, removeConsumers } from '../topology/ensure-topology.js';
import { backOff } from './retry-policy.js';
import { consumersOf, streams, unusedStreams } from '../topology/topology.js';

/** An app that waits this long for its first connection says so. */
const NOTICE_MS = 3_000;
/** How long a server may take to answer a new connection: one that is frozen accepts it and says nothing. */
const CONNECT_TIMEOUT_MS = 2_000;
/** A connection whose server leaves two pings unanswered is given up, that is after nine seconds of silence. */
const PING_INTERVAL_MS = 3_000;
const MAX_UNANSWERED_PINGS = 2;
/** So long after a connection was lost it is waited for, as a broker restarts within that time; then its users fail at once. */
const RECONNECT_GRACE_MS = 3_000;

interface Opened {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
}

/**
 * One app's connection to NATS. It connects in the background and reconnects for ever; what was subscribed stays subscribed.
 * An app starts and serves what it can without it.
 */
export class NatsLink implements OnApplicationShutdown {
  private readonly logger = new Logger('Nats');
  private readonly connectListeners = new Set<() => void>();
  private readonly waiters = new Set<(isConnected: boolean) => void>();
  private readonly connecting: Promise<void>;
  private readonly closed = new AbortController();
  private opened: Opened | null = null;
  private connected = false;
  private lostAt = performance.now();
  private ensuring: Promise<void> | null = null;

  /** Begins to connect. */
  constructor(private readonly settings: MessagingSettings) {
    this.connecting = this.connect();
  }

  /** A link that is connected. */
  static async open(settings: MessagingSettings): Promise<NatsLink> {
    const link = new NatsLink(settings);
    await link.whenConnected();
    return link;
  }

  /** @throws CodedError `unavailable` before the first connection; so do `js` and `jsm` */
  get nc(): NatsConnection {
    return this.use().nc;
  }

  get js(): JetStreamClient {
    return this.use().js;
  }

  get jsm(): JetStreamManager {
    return this.use().jsm;
  }

  /** False before the first connection, and from when it is closed. */
  get isOpen(): boolean {
    return this.opened !== null && !this.closed.signal.aborted && !this.opened.nc.isClosed();
  }

  /** False from when the connection is known to be lost. A server that froze is noticed after some seconds. */
  get isConnected(): boolean {
    return this.connected;
  }

  /** Whether the server answers. */
  async ping(): Promise<boolean> {
    if (!this.connected) return false;
    await this.nc.flush();
    return true;
  }

  /** Resolves with true when connected; with false after `timeoutMs`, or when the link is closed before. */
  whenConnected(timeoutMs?: number): Promise<boolean> {
    if (this.connected || this.closed.signal.aborted) return Promise.resolve(this.connected);
    return new Promise((resolve) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => settle(false), timeoutMs);
      const settle = (isConnected: boolean): void => {
        clearTimeout(timer);
        this.waiters.delete(settle);
        resolve(isConnected);
      };
      this.waiters.add(settle);
    });
  }

  /**
   * Waits through the restart of a broker, and not through an outage.
   * @param timeoutMs the longest the caller can wait
   * @returns whether there is a connection
   */
  async whenReconnected(timeoutMs: number): Promise<boolean> {
    const graceMs = this.lostAt + RECONNECT_GRACE_MS - performance.now();
    return this.connected || (graceMs > 0 && (await this.whenConnected(Math.min(graceMs, timeoutMs))));
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

  /** Calls `listener` after each connection, the first one included. @returns how to stop listening */
  onConnect(listener: () => void): () => void {
    this.connectListeners.add(listener);
    return () => this.connectListeners.delete(listener);
  }

  /** Sends what is buffered and closes; harmless when closed. */
  async close(): Promise<void> {
    if (this.closed.signal.aborted) return;
    this.closed.abort();
    for (const settle of [...this.waiters]) settle(false);
    await this.connecting;
    const nc = this.opened?.nc;
    if (!nc || nc.isClosed()) return;
    // Draining needs the server; when it is away there is nobody to drain to.
    const drained = nc.drain().catch(() => undefined);
    await Promise.race([drained, delay(2_000, undefined, { ref: false })]);
    if (!nc.isClosed()) await nc.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private use(): Opened {
    if (!this.opened)
      throw new CodedError(RPC_ERROR_CODES.unavailable, 'NATS has not been reached yet; nothing was done.');
    return this.opened;
  }

  /** Never rejects: whatever is wrong, wrong credentials included, may be put right while the app serves without NATS. */
  private async connect(): Promise<void> {
    const { signal } = this.closed;
    let saidAt = performance.now();
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const nc = await this.connectOnce();
        if (signal.aborted) return await nc.close();
        this.opened = { nc, js: jetstream(nc), jsm: await jetstreamManager(nc, { checkAPI: false }) };
        void this.watch(nc);
        this.found();
        return;
      } catch (error) {
        if (performance.now() - saidAt > NOTICE_MS) {
          saidAt = performance.now() + 10 * NOTICE_MS;
          this.logger.warn(`Cannot connect to NATS yet; trying again: ${String(error)}`);
        }
        await delay(backOff(failures), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private connectOnce(): Promise<NatsConnection> {
    return connect({
      servers: this.settings.natsUrl.split(',').map((url) => url.trim()),
      name: this.settings.app,
      timeout: CONNECT_TIMEOUT_MS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
      reconnectJitter: 100,
      pingInterval: PING_INTERVAL_MS,
      maxPingOut: MAX_UNANSWERED_PINGS,
    });
  }

  private found(): void {
    this.connected = true;
    for (const settle of [...this.waiters]) settle(true);
    for (const listener of this.connectListeners) listener();
  }

  private async watch(nc: NatsConnection): Promise<void> {
    for await (const status of nc.status()) {
      if (status.type === 'error') this.logger.error(status.error, 'NATS reports an error.');
      if (status.type === 'disconnect') {
        // Each failed attempt to reconnect is reported, too.
        if (this.connected) this.lostAt = performance.now();
        if (this.connected && !this.closed.signal.aborted) this.logger.warn('Disconnected from NATS; reconnecting.');
        this.connected = false;
      }
      if (status.type !== 'reconnect') continue;
      this.logger.log('Reconnected to NATS.');
      this.found();
    }
    this.connected = false;
  }
}
