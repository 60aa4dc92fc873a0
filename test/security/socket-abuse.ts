import { io, type Socket } from 'socket.io-client';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { Scene } from './scene.js';

const PATIENCE_MS = 10_000;
const FLOOD = 2_000;
const HUGE = 'x'.repeat(2 * 1024 * 1024);

export function socketAbuse(scene: () => Scene): void {
  describe('sockets', () => {
    const open: Socket[] = [];

    afterEach(() => {
      for (const socket of open.splice(0)) socket.close();
    });

    const connect = (auth: object, extra: object = {}): Promise<Socket> =>
      new Promise((resolve, reject) => {
        const socket = io(scene().door.url, {
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
      ['nothing', () => ({})],
      ['nonsense', () => ({ token: 'nonsense' })],
      ['an operator in place of a token', () => ({ token: { $ne: null } })],
      ['a list of tokens', (s) => ({ token: [s.agentToken] })],
      ['the operator’s key', (s) => ({ token: s.door.operatorKey })],
      ['another secret’s token', (s) => ({ token: s.forge({ secret: 'another secret of thirty-two bytes or more' }) })],
      ['an unsigned token', (s) => ({ token: s.forge({ header: { alg: 'none' }, signature: '' }) })],
      ['an expired token', (s) => ({ token: s.forge({ claims: { exp: Math.floor(Date.now() / 1000) - 1 } }) })],
      ['a role and a room of their own choice', () => ({ role: 'admin', room: 'live', organizationId: 'org_1' })],
    ])('opened with %s are refused', async (_what, auth) => {
      await expect(connect(auth(scene()))).rejects.toThrow();
      await expect(connect(auth(scene()), { transports: ['polling'] })).rejects.toThrow();
    });

    it('of one organisation enter no room of another, whatever they ask to join', async () => {
      const { own, foreign, agentId, agentToken, door } = scene();
      const strangerAgent = await foreign.newAgent();
      const strangers = await Promise.all([
        connect({ token: foreign.adminKey, room: `live:${own.organizationId}`, organizationId: own.organizationId }),
        connect({
          token: await foreign.agentToken(strangerAgent),
          agentId,
          rooms: [`agent:${own.organizationId}:${agentId}`],
        }),
      ]);
      const overheard: unknown[] = [];
      for (const stranger of strangers) {
        stranger.onAny((...heard) => overheard.push(heard));
        for (const event of ['join', 'join-room', 'subscribe', 'room', 'watch', 'agent:join']) {
          for (const room of [`live:${own.organizationId}`, `agent:${own.organizationId}:${agentId}`, agentId]) {
            stranger.emit(event, room);
            stranger.emit(event, { room, agentId, organizationId: own.organizationId });
          }
        }
      }
      const agent = await connect({ token: agentToken });
      const watcher = await connect({ token: own.adminKey });
      const watched: unknown[] = [];
      watcher.onAny((...heard) => watched.push(heard));
      await own.newDelivery(String(scene().lived['customerId']));
      await waitUntil(() => JSON.stringify(watched).includes(own.marker) || watched.length > 0, {
        what: 'the organisation’s own watcher to be told',
        deadlineMs: PATIENCE_MS,
      });
      // An answer after the news was out: nothing came before it.
      await strangers[1]?.timeout(PATIENCE_MS).emitWithAck('replay', { afterSequence: 0 });
      expect(JSON.stringify(overheard)).not.toContain(own.marker);
      expect(JSON.stringify(overheard)).not.toContain(own.organizationId);
      expect(agent.connected).toBe(true);
      expect((await door.call('GET', '/v1/deliveries', { as: foreign.adminKey })).text).not.toContain(own.marker);
    });

    it('cannot acknowledge, replay or report for another agent', async () => {
      const { own, lived } = scene();
      const other = await own.newAgent();
      const socket = await connect({ token: await own.agentToken(other) });
      const answers = [
        await socket.timeout(PATIENCE_MS).emitWithAck('replay', { afterSequence: 0, agentId: lived['agentId'] }),
        await socket.timeout(PATIENCE_MS).emitWithAck('acknowledge', { messageId: 'msg_1', agentId: lived['agentId'] }),
        await socket.timeout(PATIENCE_MS).emitWithAck('acknowledge', { messageId: { $ne: null } }),
      ];
      for (const answer of answers) expect(answer).toMatchObject({ ok: false });
    });

    it('that send a message too large are closed, and nobody else’s', async () => {
      const { agentToken, own } = scene();
      const [loud, quiet] = [await connect({ token: agentToken }), await connect({ token: own.adminKey })];
      const closed = new Promise<string>((resolve) => loud.once('disconnect', resolve));
      loud.emit('acknowledge', { messageId: HUGE });
      expect(await closed).toMatch(/transport|server/);
      expect(quiet.connected).toBe(true);
    });

    it('that flood keep nobody waiting, and the gateway lives', async () => {
      const { agentToken, door, own } = scene();
      const loud = await connect({ token: agentToken });
      for (let sent = 0; sent < FLOOD; sent += 1) loud.emit('acknowledge', { messageId: `msg_${sent}` });
      const answer = await door.call('GET', '/v1/deliveries?limit=1', { as: own.adminKey });
      expect(answer.status).toBe(200);
      const quiet = await connect({ token: await own.agentToken(await own.newAgent()) });
      expect(await quiet.timeout(PATIENCE_MS).emitWithAck('replay', { afterSequence: 0 })).toMatchObject({ ok: true });
      expect((await fetch(`${door.url}/health/ready`)).status).toBe(200);
    });

    it('that say what no event is called are not answered, and harm nobody', async () => {
      const { agentToken } = scene();
      const socket = await connect({ token: agentToken });
      for (const event of ['__proto__', 'constructor', 'toString', 'admin', '$ne', 'x'.repeat(10_000)]) {
        socket.emit(event, { any: 'thing' });
      }
      expect(await socket.timeout(PATIENCE_MS).emitWithAck('replay', { afterSequence: 0 })).toMatchObject({ ok: true });
    });
  });
}
