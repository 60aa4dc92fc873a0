import { io, type Socket } from 'socket.io-client';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { Scene } from './scene.js';

const REPLY_TIMEOUT_MS = 60_000;
const FLOOD_MESSAGES = 2_000;
const TOO_LARGE_ID = 'x'.repeat(2 * 1024 * 1024);

export function socketAbuse(scene: () => Scene): void {
  describe('sockets', () => {
    const open: Socket[] = [];

    afterEach(() => {
      for (const socket of open.splice(0)) socket.close();
    });

    const connect = (auth: object, extra: object = {}): Promise<Socket> =>
      new Promise((resolve, reject) => {
        const socket = io(scene().product.url, {
          auth,
          transports: ['websocket'],
          reconnection: false,
          forceNew: true,
          ...extra,
        });
        open.push(socket);
        socket.once('connect', () => resolve(socket));
        socket.once('connect_error', reject);
      });

    it.each<[string, (s: Scene) => object, object?]>([
      ['no credential', () => ({})],
      ['nonsense', () => ({ token: 'nonsense' })],
      ['an operator in place of a token', () => ({ token: { $ne: null } })],
      ['a list of tokens', (s) => ({ token: [s.agentToken] })],
      ['the operator’s key', (s) => ({ token: s.product.operatorKey })],
      ['another secret’s token', (s) => ({ token: s.forge({ secret: 'another secret of thirty-two bytes or more' }) })],
      ['an unsigned token', (s) => ({ token: s.forge({ header: { alg: 'none' }, signature: '' }) })],
      ['an expired token', (s) => ({ token: s.forge({ claims: { exp: Math.floor(Date.now() / 1000) - 1 } }) })],
      ['a role and a room chosen by the client', () => ({ role: 'admin', room: 'live', organizationId: 'org_1' })],
    ])('opened with %s are rejected', async (_what, auth) => {
      await expect(connect(auth(scene()))).rejects.toThrow();
      await expect(connect(auth(scene()), { transports: ['polling'] })).rejects.toThrow();
    });

    it('of one organization cannot join a room of another', async () => {
      const { own, foreign, agentId, agentToken, product } = scene();
      const foreignAgent = await foreign.newAgent();
      const foreignSockets = await Promise.all([
        connect({ token: foreign.adminKey, room: `live:${own.organizationId}`, organizationId: own.organizationId }),
        connect({
          token: await foreign.agentToken(foreignAgent),
          agentId,
          rooms: [`agent:${own.organizationId}:${agentId}`],
        }),
      ]);
      const received: unknown[] = [];
      for (const foreignSocket of foreignSockets) {
        foreignSocket.onAny((...event) => received.push(event));
        for (const event of ['join', 'join-room', 'subscribe', 'room', 'watch', 'agent:join']) {
          for (const room of [`live:${own.organizationId}`, `agent:${own.organizationId}:${agentId}`, agentId]) {
            foreignSocket.emit(event, room);
            foreignSocket.emit(event, { room, agentId, organizationId: own.organizationId });
          }
        }
      }
      const agent = await connect({ token: agentToken });
      const watcher = await connect({ token: own.adminKey });
      const watched: unknown[] = [];
      watcher.onAny((...event) => watched.push(event));
      await own.newDelivery(String(scene().completedDelivery['customerId']));
      await waitUntil(() => JSON.stringify(watched).includes(own.marker) || watched.length > 0, {
        what: 'the organization’s own watcher to receive the event',
        deadlineMs: REPLY_TIMEOUT_MS,
      });
      // The reply arrives after the event was sent, so that no earlier message is missed.
      await foreignSockets[1]?.timeout(REPLY_TIMEOUT_MS).emitWithAck('replay', { afterSequence: 0 });
      expect(JSON.stringify(received)).not.toContain(own.marker);
      expect(JSON.stringify(received)).not.toContain(own.organizationId);
      expect(agent.connected).toBe(true);
      expect((await product.call('GET', '/v1/deliveries', { as: foreign.adminKey })).text).not.toContain(own.marker);
    });

    it('cannot acknowledge, replay or report for another agent', async () => {
      const { own, completedDelivery } = scene();
      const other = await own.newAgent();
      const socket = await connect({ token: await own.agentToken(other) });
      const replies = [
        await socket
          .timeout(REPLY_TIMEOUT_MS)
          .emitWithAck('replay', { afterSequence: 0, agentId: completedDelivery['agentId'] }),
        await socket
          .timeout(REPLY_TIMEOUT_MS)
          .emitWithAck('acknowledge', { messageId: 'msg_1', agentId: completedDelivery['agentId'] }),
        await socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('acknowledge', { messageId: { $ne: null } }),
      ];
      for (const reply of replies) expect(reply).toMatchObject({ ok: false });
    });

    it('that send a message that is too large are closed, and other sockets stay open', async () => {
      const { agentToken, own } = scene();
      const [flooding, otherSocket] = [await connect({ token: agentToken }), await connect({ token: own.adminKey })];
      const closed = new Promise<string>((resolve) => flooding.once('disconnect', resolve));
      flooding.emit('acknowledge', { messageId: TOO_LARGE_ID });
      expect(await closed).toMatch(/transport|server/);
      expect(otherSocket.connected).toBe(true);
    });

    it('that flood the gateway do not delay others, and the gateway stays ready', async () => {
      const { agentToken, product, own } = scene();
      const flooding = await connect({ token: agentToken });
      for (let sent = 0; sent < FLOOD_MESSAGES; sent += 1) flooding.emit('acknowledge', { messageId: `msg_${sent}` });
      const response = await product.call('GET', '/v1/deliveries?limit=1', { as: own.adminKey });
      expect(response.status).toBe(200);
      const otherSocket = await connect({ token: await own.agentToken(await own.newAgent()) });
      expect(await otherSocket.timeout(REPLY_TIMEOUT_MS).emitWithAck('replay', { afterSequence: 0 })).toMatchObject({
        ok: true,
      });
      expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
    });

    it('that send unknown events get no reply, and stay usable', async () => {
      const { agentToken } = scene();
      const socket = await connect({ token: agentToken });
      for (const event of ['__proto__', 'constructor', 'toString', 'admin', '$ne', 'x'.repeat(10_000)]) {
        socket.emit(event, { any: 'thing' });
      }
      expect(await socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('replay', { afterSequence: 0 })).toMatchObject({
        ok: true,
      });
    });
  });
}
