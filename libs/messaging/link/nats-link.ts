import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError, RPC_ERROR_CODES } from '#libs/contracts/kernel/index.js';
import type { MessagingSettings } from '../options/options.js';
import { ensureTopology, removeConsumers } from '../topology/ensure-topology.js';
import { backOff } from './retry-policy.js';
import { declareConsumers, declareStreams, listUnusedStreams } from '../topology/topology.js';

/** How long an app waits for its first connection before it logs a warning. */
const WARN_AFTER_MS = 3_000;
/** How long a server may take to greet a new connection. A frozen server accepts the connection and sends nothing. */
const CONNECT_TIMEOUT_MS = 2_000;
/** With `MAX_UNANSWERED_PINGS` the client closes a connection after nine seconds without a reply. */
const PING_INTERVAL_MS = 3_000;
const MAX_UNANSWERED_PINGS = 2;
/**
 * How long after a disconnect callers wait for the reconnect. A broker restarts within that time; later calls fail at
 * once.
 */
const RECONNECT_GRACE_MS = 3_000;

interface OpenConnection {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
}

/**
 * The NATS connection of one app. It connects in the background, reconnects without limit and keeps its subscriptions.
 * The app starts without a connection, and serves the requests that do not need NATS.
 */
export class NatsLink implements OnApplicationShutdown {
  private readonly logger = new Logger('Nats');
  private readonly connectListeners = new Set<() => void>();
  private readonly waiters = new Set<(isConnected: boolean) => void>();
  private readonly connecting: Promise<void>;
  private readonly closed = new AbortController();
  private opened: OpenConnection | null = null;
  private connected = false;
  /** `performance.now()` of the last disconnect, or of the start. */
  private lostAt = performance.now();
  private ensuring: Promise<void> | null = null;

  /** Starts to connect in the background. */
  constructor(private readonly settings: MessagingSettings) {
    this.connecting = this.connect();
  }

  /** Resolves with a connected link. */
  static async open(settings: MessagingSettings): Promise<NatsLink> {
    const link = new NatsLink(settings);
    await link.whenConnected();
    return link;
  }

  /** @throws CodedError `unavailable` before the first connection; so do `js` and `jsm` */
  get nc(): NatsConnection {
    return this.requireOpened().nc;
  }

  get js(): JetStreamClient {
    return this.requireOpened().js;
  }

  get jsm(): JetStreamManager {
    return this.requireOpened().jsm;
  }

  /** False before the first connection and after `close`. */
  get isOpen(): boolean {
    return this.opened !== null && !this.closed.signal.aborted && !this.opened.nc.isClosed();
  }

  /** False once the client has detected a lost connection. Detecting a frozen server takes up to nine seconds. */
  get isConnected(): boolean {
    return this.connected;
  }

  /** @returns whether the server replies */
  async ping(): Promise<boolean> {
    if (!this.connected) return false;
    await this.nc.flush();
    return true;
  }

  /** Resolves with true when connected, and with false after `timeoutMs` or when the link is closed. */
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
   * Waits for a reconnect during the restart of a broker, but not during an outage.
   * @param timeoutMs the maximum wait
   * @returns whether the link is connected
   */
  async whenReconnected(timeoutMs: number): Promise<boolean> {
    const graceMs = this.lostAt + RECONNECT_GRACE_MS - performance.now();
    return this.connected || (graceMs > 0 && (await this.whenConnected(Math.min(graceMs, timeoutMs))));
  }

  /** Creates or updates the streams and consumers of this app. Concurrent callers share one run. */
  ensureTopology(): Promise<void> {
    this.ensuring ??= this.ensureOnce().finally(() => {
      this.ensuring = null;
    });
    return this.ensuring;
  }

  private async ensureOnce(): Promise<void> {
    const { app, registry, tuning } = this.settings;
    await ensureTopology(this.jsm, declareStreams(registry, tuning), declareConsumers(app, registry, tuning));
    await removeConsumers(this.jsm, app, listUnusedStreams(app, registry));
  }

  /** Calls `listener` after every connect, including the first. @returns a function that removes the listener */
  onConnect(listener: () => void): () => void {
    this.connectListeners.add(listener);
    return () => this.connectListeners.delete(listener);
  }

  /** Sends buffered messages and closes the connection. Does nothing when it is closed. */
  async close(): Promise<void> {
    if (this.closed.signal.aborted) return;
    this.closed.abort();
    for (const settle of [...this.waiters]) settle(false);
    await this.connecting;
    const nc = this.opened?.nc;
    if (!nc || nc.isClosed()) return;
    // Draining needs the server, so it may not end while the server is unavailable.
    const drained = nc.drain().catch(() => undefined);
    await Promise.race([drained, delay(2_000, undefined, { ref: false })]);
    if (!nc.isClosed()) await nc.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private requireOpened(): OpenConnection {
    if (!this.opened) throw new CodedError(RPC_ERROR_CODES.unavailable, 'Not connected to NATS yet; nothing was done.');
    return this.opened;
  }

  /** Never rejects: an operator can fix every cause, such as wrong credentials, while the app serves without NATS. */
  private async connect(): Promise<void> {
    const { signal } = this.closed;
    let warnedAt = performance.now();
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const nc = await this.dial();
        if (signal.aborted) return await nc.close();
        this.opened = { nc, js: jetstream(nc), jsm: await jetstreamManager(nc, { checkAPI: false }) };
        void this.watchStatus(nc);
        this.markConnected();
        return;
      } catch (error) {
        if (performance.now() - warnedAt > WARN_AFTER_MS) {
          warnedAt = performance.now() + 10 * WARN_AFTER_MS;
          this.logger.warn(`Cannot connect to NATS; retrying: ${String(error)}`);
        }
        await delay(backOff(failures), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private dial(): Promise<NatsConnection> {
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

  private markConnected(): void {
    this.connected = true;
    for (const settle of [...this.waiters]) settle(true);
    for (const listener of this.connectListeners) listener();
  }

  private async watchStatus(nc: NatsConnection): Promise<void> {
    for await (const status of nc.status()) {
      if (status.type === 'error') this.logger.error(status.error, 'NATS reported an error.');
      if (status.type === 'disconnect') {
        // The client also reports each failed attempt to reconnect as a disconnect.
        if (this.connected) this.lostAt = performance.now();
        if (this.connected && !this.closed.signal.aborted) this.logger.warn('Disconnected from NATS; reconnecting.');
        this.connected = false;
      }
      if (status.type !== 'reconnect') continue;
      this.logger.log('Reconnected to NATS.');
      this.markConnected();
    }
    this.connected = false;
  }
}
