import { io, type Socket } from 'socket.io-client';
import type { Announcement, InboxMessage, LiveClosing, LiveRefusal, Replay } from '#libs/contracts/index.js';

export type Answer<T> = ({ ok: true } & T) | (LiveRefusal & { ok: false });

export interface AgentChannelOptions {
  /** Asked for anew at each try to connect: another gateway may have to do. */
  readonly url: string | (() => string);
  /** Asked for anew at each connection and before the old one ends. */
  readonly token: () => string | Promise<string>;
  /** Each message once, in the order of the inbox. */
  readonly onMessage: (message: InboxMessage, byReplay: boolean) => void;
  /** Each announcement once, in order. */
  readonly onAnnouncement?: (announcement: Announcement, byReplay: boolean) => void;
  /** Where an earlier run of the application ended. */
  readonly lastSequence?: number;
  /** The same for announcements; left out, what the agent has not confirmed is news. */
  readonly lastAnnouncement?: number;
  /**
   * A hint that got lost on a connection that stayed is found by asking now and then; with each application at a time of
   * its own. Seldom is enough: an unacknowledged message is pushed, too.
   */
  readonly pollMs?: number;
}

const ANSWER_TIMEOUT_MS = 10_000;
const DEFAULT_POLL_MS = 120_000;
const RECONNECT_MS = 1_000;
const MOST_PAUSE_MS = 60_000;

/**
 * An agent's side of the live channel: whatever comes doubled, out of order, late or not at all, the application is given
 * each message and announcement once and in order. What the socket brings is a hint; a gap is asked for.
 */
export class AgentChannel {
  /** Messages and announcements as they came over the wire by themselves, and how many of them were known already. */
  readonly wire = { received: 0, doubled: 0 };
  private readonly socket: Socket;
  private readonly poll: NodeJS.Timeout;
  private sequence: number;
  private announcement: number | undefined;
  private replaying: Promise<void> | undefined;
  private again = false;
  private closed = false;
  private failures = 0;

  constructor(private readonly options: AgentChannelOptions) {
    this.sequence = options.lastSequence ?? 0;
    this.announcement = options.lastAnnouncement;
    const { url } = options;
    this.socket = io(typeof url === 'string' ? url : url(), {
      auth: (give) => void Promise.resolve(options.token()).then((token) => give({ token })),
      transports: ['websocket'],
      reconnectionDelay: RECONNECT_MS,
      reconnectionDelayMax: 5 * RECONNECT_MS,
      forceNew: true,
    });
    if (typeof url !== 'string') {
      // The manager has no other way to be told another address.
      this.socket.io.on('reconnect_attempt', () => Object.assign(this.socket.io, { uri: url() }));
    }
    this.socket.on('connect', () => void this.replay());
    this.socket.on('message', (message: InboxMessage) => this.hinted(() => this.takeMessage(message, false)));
    this.socket.on('announcement', (one: Announcement) => this.hinted(() => this.takeAnnouncement(one, false)));
    this.socket.on('expiring', () => void this.reauthenticate());
    this.socket.on('closing', ({ reason }: LiveClosing) => this.closedBecause(reason));
    this.poll = setInterval(() => void this.replay(), (options.pollMs ?? DEFAULT_POLL_MS) * (0.5 + Math.random()));
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  /** False once it was closed, here or for good by the gateway. */
  get active(): boolean {
    return this.socket.active;
  }

  /** The sequence of the last message the application has. */
  get lastSequence(): number {
    return this.sequence;
  }

  /** @throws Error when the gateway does not admit it at the first try */
  opened(): Promise<void> {
    if (this.socket.connected) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.socket.once('connect', () => resolve());
      this.socket.once('connect_error', reject);
    });
  }

  /** `null` when no answer came in time; ask again. */
  async ask<T extends object>(event: string, body: object): Promise<Answer<T> | null> {
    try {
      return (await this.socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(event, body)) as Answer<T>;
    } catch {
      return null;
    }
  }

  /** Asks for everything after what is there. One at a time; asked for meanwhile, it runs once more. */
  replay(): Promise<void> {
    if (this.replaying) {
      this.again = true;
      return this.replaying;
    }
    this.replaying = this.replayAll().finally(() => {
      this.replaying = undefined;
      if (!this.again) return;
      this.again = false;
      void this.replay();
    });
    return this.replaying;
  }

  /** When what was asked for last has been answered, or not. */
  settled(): Promise<void> {
    return this.replaying ?? Promise.resolve();
  }

  close(): void {
    this.closed = true;
    clearInterval(this.poll);
    this.socket.close();
  }

  private async replayAll(): Promise<void> {
    for (let more = true; more && this.socket.connected;) {
      const after = this.announcement === undefined ? {} : { afterAnnouncement: this.announcement };
      const answer = await this.ask<Replay>('replay', { afterSequence: this.sequence, ...after });
      if (!answer?.ok) return this.replayLater();
      this.failures = 0;
      for (const message of answer.items) this.takeMessage(message, true);
      for (const announcement of answer.announcements) this.takeAnnouncement(announcement, true);
      this.announcement = Math.max(this.announcement ?? 0, answer.announcementsUpTo);
      more = answer.more;
    }
  }

  /** Not at once, not all together, and more and more seldom: whoever could not answer is busy. */
  private replayLater(): void {
    this.failures += 1;
    const longest = Math.min(RECONNECT_MS * 2 ** this.failures, MOST_PAUSE_MS);
    setTimeout(
      () => {
        if (!this.closed && this.socket.connected) void this.replay();
      },
      longest * (0.5 + Math.random() / 2),
    );
  }

  private hinted(take: () => 'taken' | 'known' | 'gap'): void {
    this.wire.received += 1;
    const taken = take();
    if (taken === 'known') this.wire.doubled += 1;
    if (taken === 'gap') void this.replay();
  }

  private takeMessage(message: InboxMessage, byReplay: boolean): 'taken' | 'known' | 'gap' {
    if (message.sequence <= this.sequence) return 'known';
    if (message.sequence > this.sequence + 1) return 'gap';
    this.sequence = message.sequence;
    this.options.onMessage(message, byReplay);
    return 'taken';
  }

  /** Their sequence has gaps where one was for others: only a replay can tell those from one that was missed. */
  private takeAnnouncement(announcement: Announcement, byReplay: boolean): 'taken' | 'known' | 'gap' {
    const last = this.announcement;
    if (last !== undefined && announcement.sequence <= last) return 'known';
    if (!byReplay && (last === undefined || announcement.sequence > last + 1)) return 'gap';
    this.announcement = announcement.sequence;
    this.options.onAnnouncement?.(announcement, byReplay);
    return 'taken';
  }

  private async reauthenticate(): Promise<void> {
    await this.ask('reauthenticate', { token: await this.options.token() });
  }

  /** Closed by the gateway, Socket.IO does not come back by itself. Whoever was replaced would only replace in turn. */
  private closedBecause(reason: LiveClosing['reason']): void {
    if (reason === 'replaced') return this.close();
    this.socket.once('disconnect', () => {
      setTimeout(() => {
        if (!this.closed && !this.socket.active) this.socket.connect();
      }, RECONNECT_MS);
    });
  }
}
