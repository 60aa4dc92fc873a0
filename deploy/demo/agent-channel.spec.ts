import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { Announcement, InboxMessage, Replay } from '#libs/contracts/index.js';
import { waitUntil } from '../local/process/wait-until.js';
import { AgentChannel } from './agent-channel.js';

const message = (sequence: number): InboxMessage => ({
  messageId: `m${sequence}`,
  agentId: 'agt_1',
  sequence,
  messageKind: 'assignment',
  deliveryId: 'dlv_1',
  reference: 'A-1',
  summary: 'In the garage.',
  createdAt: '2026-03-02T15:00:00Z',
});
const announcement = (sequence: number): Announcement => ({
  announcementId: `a${sequence}`,
  sequence,
  text: 'The depot closes early.',
  createdAt: '2026-03-02T15:00:00Z',
});

/** A scripted gateway: it sends messages in any order and replays those in its inbox. */
class ScriptedGateway {
  inbox: InboxMessage[] = [];
  announcements: Announcement[] = [];
  readonly sockets: Socket[] = [];
  readonly tokens: unknown[] = [];
  replays = 0;

  private constructor(
    private readonly http: HttpServer,
    private readonly server: Server,
  ) {
    server.on('connection', (socket) => {
      this.sockets.push(socket);
      this.tokens.push(socket.handshake.auth['token']);
      socket.on('replay', (request: { afterSequence: number; afterAnnouncement?: number }, reply) =>
        (reply as (replay: Replay & { ok: true }) => void)({ ok: true, ...this.replay(request) }),
      );
      socket.on('reauthenticate', ({ token }: { token: string }, reply) => {
        this.tokens.push(token);
        (reply as (done: object) => void)({ ok: true });
      });
    });
  }

  static async open(): Promise<ScriptedGateway> {
    const http = createServer();
    const gateway = new ScriptedGateway(http, new Server(http, { transports: ['websocket'] }));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  push(event: string, ...payloads: object[]): void {
    for (const payload of payloads) this.server.emit(event, payload);
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  /** Returns two messages at a time, so that there is more than one page. */
  private replay({
    afterSequence,
    afterAnnouncement = 0,
  }: {
    afterSequence: number;
    afterAnnouncement?: number;
  }): Replay {
    this.replays += 1;
    const items = this.inbox.filter(({ sequence }) => sequence > afterSequence).slice(0, 2);
    const announcements = this.announcements.filter(({ sequence }) => sequence > afterAnnouncement);
    const upTo = announcements.at(-1)?.sequence ?? afterAnnouncement;
    return { items, announcements, announcementsUpTo: upTo, more: items.length === 2 };
  }
}

describe('AgentChannel', () => {
  let gateway: ScriptedGateway;
  let channel: AgentChannel;
  const delivered: string[] = [];

  beforeEach(async () => {
    gateway = await ScriptedGateway.open();
    delivered.length = 0;
  });

  afterEach(async () => {
    channel.close();
    await gateway.close();
  });

  async function open(): Promise<void> {
    let tokens = 0;
    channel = new AgentChannel({
      url: gateway.url,
      token: () => `token ${(tokens += 1)}`,
      onMessage: ({ messageId }) => delivered.push(messageId),
      onAnnouncement: ({ announcementId }) => delivered.push(announcementId),
    });
    await channel.whenConnected();
    await channel.replay();
  }

  const waitForDelivered = (count: number): Promise<true> =>
    waitUntil(() => (delivered.length >= count ? true : undefined), { what: `${count} messages` });

  it('delivers each message once and in order, whatever the order of arrival', async () => {
    gateway.inbox = [1, 2, 3].map(message);
    await open();
    expect(delivered).toEqual(['m1', 'm2', 'm3']);
    gateway.inbox = [1, 2, 3, 4, 5, 6].map(message);
    // A duplicate, then one that shows a gap, then one out of order.
    gateway.push('message', message(3), message(6), message(5), message(4), message(4));
    await waitForDelivered(6);
    gateway.inbox.push(message(7));
    gateway.push('message', message(7), message(7));
    await waitForDelivered(7);
    await channel.replay();
    expect(delivered).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7']);
    expect(channel.counts.doubled).toBeGreaterThanOrEqual(2);
  });

  it('replays announcements after a gap in the sequence, and does not deliver one twice', async () => {
    gateway.announcements = [announcement(2)];
    await open();
    gateway.announcements.push(announcement(3), announcement(7));
    gateway.push('announcement', announcement(3), announcement(3), announcement(7), announcement(2));
    await waitForDelivered(3);
    await channel.replay();
    expect(delivered).toEqual(['a2', 'a3', 'a7']);
  });

  it('reconnects with a new token after the gateway closed the connection, and misses no message', async () => {
    await open();
    gateway.inbox = [message(1)];
    const [socket] = gateway.sockets;
    socket?.emit('closing', { reason: 'expired', message: '' });
    socket?.disconnect(true);
    await waitForDelivered(1);
    expect(gateway.tokens).toEqual(['token 1', 'token 2']);
  });

  it('renews its token before it expires, and stays closed after another channel replaced it', async () => {
    await open();
    gateway.push('expiring', { at: '2026-03-02T15:00:00Z' });
    const renewed = (): true | undefined => (gateway.tokens.includes('token 2') ? true : undefined);
    await waitUntil(renewed, { what: 'the new token' });
    gateway.push('closing', { reason: 'replaced', message: '' });
    await waitUntil(() => (channel.active ? undefined : true), { what: 'the end' });
  });
});
