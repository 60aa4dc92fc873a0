import { io, type Socket } from 'socket.io-client';
import type { Announcement, InboxMessage, LiveClosing, LiveRefusal, Replay } from '#libs/contracts/index.js';

export type Reply<T> = ({ ok: true } & T) | (LiveRefusal & { ok: false });

export interface AgentChannelOptions {
  /**
   * If it is a function, it is called at each attempt to connect, so that the channel can switch to another gateway.
   */
  readonly url: string | (() => string);
  /** Called at each connection and before the current token expires. */
  readonly token: () => string | Promise<string>;
  /** Receives each message once, in inbox order. */
  readonly onMessage: (message: InboxMessage, byReplay: boolean) => void;
  /** Receives each announcement once, in order. */
  readonly onAnnouncement?: (announcement: Announcement, byReplay: boolean) => void;
  /** The last message sequence of an earlier run of the app. */
  readonly lastSequence?: number;
  /**
   * The last announcement sequence of an earlier run. By default the channel delivers the unconfirmed announcements.
   */
  readonly lastAnnouncement?: number;
  /**
   * Interval of the fallback poll, with jitter. It finds messages whose wake-up was lost on an open connection. A long
   * interval is enough, because unacknowledged messages are also pushed.
   */
  readonly pollMs?: number;
}

const REPLY_TIMEOUT_MS = 10_000;
const DEFAULT_POLL_MS = 120_000;
const RECONNECT_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/**
 * The client of the live channel. The app receives each message and announcement once and in order, even when they
 * arrive duplicated, out of order, late or not at all. When the sequence has a gap, the channel requests a replay of
 * everything after the last known sequence.
 */
export class AgentChannel {
  /** Counts of messages and announcements pushed by the gateway, and of the duplicates among them. */
  readonly counts = { received: 0, doubled: 0 };
  private readonly socket: Socket;
  private readonly poll: NodeJS.Timeout;
  private sequence: number;
  private announcement: number | undefined;
  private replaying: Promise<void> | undefined;
  private mustReplayAgain = false;
  private isClosed = false;
  private failures = 0;

  constructor(private readonly options: AgentChannelOptions) {
    this.sequence = options.lastSequence ?? 0;
    this.announcement = options.lastAnnouncement;
    const { url } = options;
    this.socket = io(typeof url === 'string' ? url : url(), {
      auth: (callback) => void Promise.resolve(options.token()).then((token) => callback({ token })),
      transports: ['websocket'],
      reconnectionDelay: RECONNECT_MS,
      reconnectionDelayMax: 5 * RECONNECT_MS,
      forceNew: true,
    });
    if (typeof url !== 'string') {
      // Socket.IO's manager has no other way to change the URL.
      this.socket.io.on('reconnect_attempt', () => Object.assign(this.socket.io, { uri: url() }));
    }
    this.socket.on('connect', () => void this.replay());
    this.socket.on('message', (message: InboxMessage) => this.onWakeUp(() => this.takeMessage(message, false)));
    this.socket.on('announcement', (one: Announcement) => this.onWakeUp(() => this.takeAnnouncement(one, false)));
    this.socket.on('expiring', () => void this.reauthenticate());
    this.socket.on('closing', ({ reason }: LiveClosing) => this.onClosing(reason));
    this.poll = setInterval(() => void this.replay(), (options.pollMs ?? DEFAULT_POLL_MS) * (0.5 + Math.random()));
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  /** False after `close`, or when the gateway closed the channel permanently. */
  get active(): boolean {
    return this.socket.active;
  }

  /** The sequence of the last message that the app received. */
  get lastSequence(): number {
    return this.sequence;
  }

  /**
   * Resolves when connected.
   * @throws Error when the first attempt fails or is rejected
   */
  whenConnected(): Promise<void> {
    if (this.socket.connected) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.socket.once('connect', () => resolve());
      this.socket.once('connect_error', reject);
    });
  }

  /**
   * Sends a request.
   * @returns the reply, or `null` after a timeout; the caller may retry
   */
  async request<T extends object>(event: string, body: object): Promise<Reply<T> | null> {
    try {
      return (await this.socket.timeout(REPLY_TIMEOUT_MS).emitWithAck(event, body)) as Reply<T>;
    } catch {
      return null;
    }
  }

  /**
   * Requests everything after the last known sequence. One replay runs at a time; a call during a replay runs it once
   * more.
   */
  replay(): Promise<void> {
    if (this.replaying) {
      this.mustReplayAgain = true;
      return this.replaying;
    }
    this.replaying = this.replayAll().finally(() => {
      this.replaying = undefined;
      if (!this.mustReplayAgain) return;
      this.mustReplayAgain = false;
      void this.replay();
    });
    return this.replaying;
  }

  /** Resolves when no replay runs, whether or not it succeeded. */
  whenIdle(): Promise<void> {
    return this.replaying ?? Promise.resolve();
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.poll);
    this.socket.close();
  }

  private async replayAll(): Promise<void> {
    for (let more = true; more && this.socket.connected;) {
      const after = this.announcement === undefined ? {} : { afterAnnouncement: this.announcement };
      const reply = await this.request<Replay>('replay', { afterSequence: this.sequence, ...after });
      if (!reply?.ok) return this.replayLater();
      this.failures = 0;
      for (const message of reply.items) this.takeMessage(message, true);
      for (const announcement of reply.announcements) this.takeAnnouncement(announcement, true);
      this.announcement = Math.max(this.announcement ?? 0, reply.announcementsUpTo);
      more = reply.more;
    }
  }

  /** Retries a failed replay with exponential back-off and jitter, because the gateway is busy. */
  private replayLater(): void {
    this.failures += 1;
    const maxPauseMs = Math.min(RECONNECT_MS * 2 ** this.failures, MAX_PAUSE_MS);
    setTimeout(
      () => {
        if (!this.isClosed && this.socket.connected) void this.replay();
      },
      maxPauseMs * (0.5 + Math.random() / 2),
    );
  }

  private onWakeUp(take: () => 'taken' | 'known' | 'gap'): void {
    this.counts.received += 1;
    const result = take();
    if (result === 'known') this.counts.doubled += 1;
    if (result === 'gap') void this.replay();
  }

  private takeMessage(message: InboxMessage, byReplay: boolean): 'taken' | 'known' | 'gap' {
    if (message.sequence <= this.sequence) return 'known';
    if (message.sequence > this.sequence + 1) return 'gap';
    this.sequence = message.sequence;
    this.options.onMessage(message, byReplay);
    return 'taken';
  }

  /**
   * Sequences have gaps for announcements to other audiences. Only a replay distinguishes them from missed
   * announcements.
   */
  private takeAnnouncement(announcement: Announcement, byReplay: boolean): 'taken' | 'known' | 'gap' {
    const last = this.announcement;
    if (last !== undefined && announcement.sequence <= last) return 'known';
    if (!byReplay && (last === undefined || announcement.sequence > last + 1)) return 'gap';
    this.announcement = announcement.sequence;
    this.options.onAnnouncement?.(announcement, byReplay);
    return 'taken';
  }

  private async reauthenticate(): Promise<void> {
    await this.request('reauthenticate', { token: await this.options.token() });
  }

  /**
   * Reconnects after the gateway closed the connection, which Socket.IO does not do. A replaced channel stays closed,
   * because it would only replace its successor.
   */
  private onClosing(reason: LiveClosing['reason']): void {
    if (reason === 'replaced') return this.close();
    this.socket.once('disconnect', () => {
      setTimeout(() => {
        if (!this.isClosed && !this.socket.active) this.socket.connect();
      }, RECONNECT_MS);
    });
  }
}
