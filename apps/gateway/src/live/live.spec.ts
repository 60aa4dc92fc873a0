import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import jwt from 'jsonwebtoken';
import { io, type Socket } from 'socket.io-client';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  AcknowledgeMessageRpc,
  AnnouncementPublished,
  CodedError,
  InboxMessageAdded,
  ListInboxRpc,
  ReadAnnouncementsRpc,
  RecordingTranscribed,
  ReportAgentLocationRpc,
  ReportStatusRpc,
  type Announcement,
  type InboxMessage,
  type LiveClosing,
  type RecordingTranscribedPayload,
} from '#libs/contracts/index.js';
import { organizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { RestOfMesh } from '#libs/testing/mesh/rest-of-mesh.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { AccessChanges } from '../revocation/access-changes.js';
import { AgentTokens } from '../authentication/agent-tokens.js';
import { toScopes } from '../principals/grants.js';
import { OrganizationRepository } from '../organizations/organization.repository.js';
import { IssueApiKey, type IssuedApiKey } from '../api-keys/issue-api-key.js';
import { GatewayConfig } from '../config/gateway.config.js';
import { createGateway } from '../gateway.js';
import { LiveGateway } from './live.gateway.js';
import { toAgentRoom } from './live-socket.js';
import { MAX_QUEUED_PACKETS } from './slow-reader.js';

const JWT_SECRET = 'jwt-secret-of-this-test-01234567890123';
const OPERATOR = 'operator-key-of-this-test-0123456789';

type Answer = Record<string, unknown> & { ok: boolean; code?: string };
const LARGE = 'x'.repeat(20_000);

type Closing = Promise<LiveClosing>;

let next = 0;
const unique = (prefix: string): string => `${prefix}_${(next += 1)}`;

describe('the live channel', () => {
  const apps: NestFastifyApplication[] = [];
  const urls: string[] = [];
  const sockets: Socket[] = [];
  let mesh: RestOfMesh;
  let notifications: RestOfMesh;
  const inbox = new Map<string, InboxMessage[]>();
  const skillsOf = new Map<string, string[]>();

  beforeAll(async () => {
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    const config = Object.assign(new GatewayConfig(), {
      PORT: 0,
      MONGODB_URI: servers.mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: servers.nats.url,
      REDIS_URL: servers.redis.url,
      LOG_LEVEL: 'fatal',
      JWT_SECRET,
      OPERATOR_API_KEY: OPERATOR,
      LIVE_HANDSHAKES_PER_MINUTE: 10_000,
    });
    for (let gateways = 0; gateways < 2; gateways += 1) {
      const app = await createGateway(config);
      await app.listen(0, '127.0.0.1');
      apps.push(app);
      urls.push((await app.getUrl()).replace('[::1]', '127.0.0.1'));
    }
    mesh = await RestOfMesh.open(servers.nats.url, 'routing');
    notifications = await RestOfMesh.open(servers.nats.url, 'notifications');
    notifications.serve(ListInboxRpc, ({ agentId, afterSequence }) => ({
      items: (inbox.get(agentId) ?? []).filter(({ sequence }) => sequence > afterSequence),
    }));
    notifications.serve(ReadAnnouncementsRpc, ({ agentId, after }) => ({
      items: [],
      upTo: after ?? 0,
      readUpTo: 0,
      skills: skillsOf.get(agentId) ?? [],
    }));
    notifications.serve(AcknowledgeMessageRpc, ({ agentId, messageId }) => {
      const own = inbox.get(agentId)?.find((one) => one.messageId === messageId);
      if (!own) throw new CodedError('not_found', 'No message of this agent.');
      return { ...own, acknowledgedAt: '2026-03-02T15:01:00Z' };
    });
  });

  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await mesh?.close();
    await notifications?.close();
    for (const app of apps) await app.close();
  });

  const first = (): NestFastifyApplication => apps[0] as NestFastifyApplication;

  const tokenOf = (org: string, agentId: string): string =>
    first().get(AgentTokens).issue(organizationId(org), agentId).token;

  const shortToken = (org: string, agentId: string, seconds: number): string =>
    jwt.sign({ org }, JWT_SECRET, {
      issuer: 'delauto',
      audience: 'delauto-agent',
      subject: agentId,
      expiresIn: seconds,
    });

  const keyOf = async (org: string, role: 'admin' | 'partner'): Promise<string> => {
    const key = { label: 'test', scopes: toScopes(role) };
    const work = (tx: Transaction): Promise<IssuedApiKey> =>
      first().get(IssueApiKey).execute(organizationId(org), key, tx);
    return (await first().get(TransactionRunner).run(work)).apiKey;
  };

  function open(options: { token?: string; header?: string; gateway?: number }): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = io(urls[options.gateway ?? 0] ?? '', {
        auth: options.token === undefined ? {} : { token: options.token },
        ...(options.header === undefined ? {} : { extraHeaders: { authorization: options.header } }),
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
      });
      sockets.push(socket);
      socket.on('connect', () => resolve(socket));
      socket.on('connect_error', reject);
    });
  }

  const connect = (token: string | undefined, gateway = 0): Promise<Socket> =>
    open({ gateway, ...(token === undefined ? {} : { token }) });

  const ask = async (socket: Socket, event: string, body?: unknown): Promise<Answer> =>
    (await socket.timeout(10_000).emitWithAck(event, body)) as Answer;

  const closingOf = (socket: Socket): Closing => new Promise((resolve) => socket.once('closing', resolve));
  const untilClosed = (socket: Socket): Promise<true> =>
    waitUntil(() => (socket.connected ? undefined : true), { what: 'the socket to close', deadlineMs: 15_000 });

  /** Creates an organization, so that the gateway knows its time zone. */
  const createOrganization = async (): Promise<string> => {
    const org = unique('org');
    const work = (tx: Transaction): Promise<unknown> =>
      first()
        .get(OrganizationRepository)
        .create(tx, organizationId(org), {
          ...{ _id: org, name: 'Acme', zone: 'America/Chicago', maxAttemptsPerDelivery: 3, createdAt: new Date() },
          ...{ callsFromMinute: 540, callsUntilMinute: 1200 },
          features: { recordCalls: true, transcribe: true, smsFallback: true, holdoutPercent: 0 },
        });
    await first().get(TransactionRunner).run(work);
    return org;
  };

  const hoursFromNow = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const NOW = { start: hoursFromNow(-0.1), end: hoursFromNow(0.1) };

  const message = (agentId: string, window = NOW): InboxMessage => ({
    messageId: `m_${agentId}`,
    agentId,
    sequence: 1,
    messageKind: 'assignment',
    deliveryId: 'dlv_1',
    reference: 'A-1',
    summary: 'Leave it in the garage.',
    window,
    transcript: 'the code is 4521',
    instructions: { accessCode: { value: '4521', confidence: 1, source: 'keys' }, complexity: 2 },
    createdAt: '2026-03-02T15:00:00Z',
  });

  const publishMessage = (org: string, agentId: string, window = NOW): Promise<unknown> =>
    mesh.publish(InboxMessageAdded, { payload: message(agentId, window), aggregateId: agentId, organizationId: org });

  const announce = (org: string, announcement: Partial<Announcement>): Promise<unknown> =>
    mesh.publish(AnnouncementPublished, {
      payload: {
        announcementId: unique('ann'),
        sequence: 1,
        text: 'The depot closes early.',
        createdAt: '2026-03-02T15:00:00Z',
        ...announcement,
      },
      aggregateId: org,
      organizationId: org,
    });

  describe('is closed', () => {
    it('to unauthenticated clients, to the operator, and to callers without the permission to watch', async () => {
      const partner = await keyOf(unique('org'), 'partner');
      for (const token of [undefined, 'nonsense', OPERATOR, partner]) await expect(connect(token)).rejects.toThrow();
      await expect(open({ header: 'Bearer nonsense' })).rejects.toThrow('unauthorized');
      await expect(connect(shortToken('org_1', 'agt_1', -1))).rejects.toThrow('unauthorized');
    });

    it('to pages of origins that are not allowed, and to long polling', async () => {
      const handshake = `${urls[0] ?? ''}/socket.io/?EIO=4&transport=polling`;
      expect((await fetch(handshake)).status).toBe(400);
      const page = io(urls[0] ?? '', {
        auth: { token: tokenOf('org_1', 'agt_1') },
        extraHeaders: { origin: 'https://evil.example' },
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
      });
      sockets.push(page);
      await expect(
        new Promise((_resolve, reject) => page.on('connect_error', (error) => reject(error))),
      ).rejects.toThrow();
      expect(page.connected).toBe(false);
    });
  });

  describe('delivers', () => {
    it('messages to their agent through every gateway, and to no one else', async () => {
      const [mine, other] = [await createOrganization(), unique('org')];
      const admin = await keyOf(mine, 'admin');
      const own = await Promise.all([connect(tokenOf(mine, 'agt_ana'), 0), connect(tokenOf(mine, 'agt_ana'), 1)]);
      const strangers = await Promise.all([
        connect(tokenOf(mine, 'agt_ben')),
        connect(tokenOf(other, 'agt_ana'), 1),
        connect(await keyOf(other, 'admin')),
      ]);
      const overheard: unknown[] = [];
      for (const stranger of strangers) stranger.onAny((...heard) => overheard.push(heard));
      const watcher = await connect(admin, 1);
      const watched = new Promise<{ type: string; data: InboxMessage }>((resolve) => watcher.on('event', resolve));
      const received = own.map((socket) => new Promise<InboxMessage>((resolve) => socket.on('message', resolve)));
      await publishMessage(mine, 'agt_ana');
      for (const one of await Promise.all(received)) expect(one.instructions?.accessCode?.value).toBe('4521');
      const live = await watched;
      expect(live).toMatchObject({ type: InboxMessageAdded.subject, sequence: 1 });
      expect(live.data.instructions?.accessCode?.value).toBe('••••');
      // The others get a reply to a request sent after the message. Nothing else has arrived before it.
      await Promise.all(strangers.map((socket) => ask(socket, 'acknowledge', { messageId: {} })));
      expect(overheard).toEqual([]);
    });

    it('access codes only on the day of the delivery, in events and in replies', async () => {
      const org = await createOrganization();
      const agentId = unique('agt');
      const own = await connect(tokenOf(org, agentId));
      const later = { start: hoursFromNow(48), end: hoursFromNow(49) };
      for (const [window, isShown] of [
        [NOW, true],
        [later, false],
        [{ start: hoursFromNow(-49), end: hoursFromNow(-48) }, false],
      ] as const) {
        const heard = new Promise<InboxMessage>((resolve) => own.once('message', resolve));
        await publishMessage(org, agentId, window);
        expect(JSON.stringify(await heard).includes('4521')).toBe(isShown);
        inbox.set(agentId, [message(agentId, window)]);
        const replayed = await ask(own, 'replay', { afterSequence: 0 });
        expect(JSON.stringify(replayed).includes('4521')).toBe(isShown);
        const { messageId } = message(agentId);
        expect(JSON.stringify(await ask(own, 'acknowledge', { messageId })).includes('4521')).toBe(isShown);
        const listed = await fetch(`${urls[0] ?? ''}/v1/me/inbox`, {
          headers: { authorization: `Bearer ${tokenOf(org, agentId)}` },
        });
        expect((await listed.text()).includes('4521')).toBe(isShown);
      }
    });

    it('transcripts to dispatchers, with the access code masked', async () => {
      const org = unique('org');
      const watcher = await connect(await keyOf(org, 'admin'));
      const watched = new Promise<{ data: RecordingTranscribedPayload }>((resolve) => watcher.on('event', resolve));
      const text = 'yes the gate code is four five one two thanks';
      const heard = { deliveryId: 'dlv_1', attemptId: 'dlv_1.1', recordingId: 'rec_1', text };
      const segment = { text, startMs: 0, endMs: 2_000, confidence: 0.9 };
      const made = { language: 'en' as const, provider: 'local', model: 'tiny' };
      await mesh.publish(RecordingTranscribed, {
        payload: { ...heard, ...made, segments: [segment] },
        aggregateId: 'rec_1',
        organizationId: org,
      });
      const { data } = await watched;
      expect(data.deliveryId).toBe('dlv_1');
      expect(data.text).toMatch(/^yes the .*•.* thanks$/);
      expect(JSON.stringify(data)).not.toMatch(/four five/);
    });

    it('an announcement to all agents, or to those with a skill as of their last replay', async () => {
      const org = unique('org');
      const pair = unique('agt');
      skillsOf.set(pair, ['two_person']);
      const [ana, ben] = await Promise.all([connect(tokenOf(org, pair), 1), connect(tokenOf(org, unique('agt')))]);
      const heard = { ana: [] as string[], ben: [] as string[] };
      ana.on('announcement', ({ text }: Announcement) => heard.ana.push(text));
      ben.on('announcement', ({ text }: Announcement) => heard.ben.push(text));
      expect(await ask(ana, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true, items: [], more: false });
      await ask(ben, 'replay', { afterSequence: 0 });
      await announce(org, { sequence: 1, text: 'pairs', skill: 'two_person' });
      await announce(org, { sequence: 2, text: 'all' });
      await waitUntil(() => (heard.ana.length === 2 && heard.ben.length === 1 ? true : undefined), {
        what: 'the announcements',
        deadlineMs: 10_000,
      });
      expect(heard).toEqual({ ana: ['pairs', 'all'], ben: ['all'] });
    });

    it('a position to routing, always for the socket’s agent', async () => {
      const org = unique('org');
      const agent = await connect(tokenOf(org, 'agt_moving'));
      mesh.serve(ReportAgentLocationRpc, ({ agentId, position }) => {
        if (agentId !== 'agt_moving') throw new CodedError('not_found', 'Another agent.');
        return { position, at: '2026-03-02T15:00:00Z' };
      });
      expect(await ask(agent, 'location', { position: [-0.1, 51.5] })).toMatchObject({
        ok: true,
        position: [-0.1, 51.5],
      });
      for (const body of [{ position: [51.5, -181] }, { position: [0, 0], agentId: 'agt_else' }, {}]) {
        expect(await ask(agent, 'location', body)).toMatchObject({ ok: false, code: 'contract_violation' });
      }
    });

    it('a delivery status to routing, always for the socket’s agent, and returns routing’s refusal', async () => {
      const agent = await connect(tokenOf(unique('org'), 'agt_at_the_door'));
      const asked: unknown[] = [];
      mesh.serve(ReportStatusRpc, (request) => {
        asked.push(request);
        throw new CodedError('status_not_possible', 'It was delivered before.');
      });
      const report = { deliveryId: 'dlv_1', status: 'delivered', note: 'Left in the garage.' };
      const refusal = { ok: false, code: 'status_not_possible', message: 'It was delivered before.' };
      expect(await ask(agent, 'delivery-status', report)).toEqual(refusal);
      const { deliveryId, ...reported } = report;
      expect(asked).toEqual([{ agentId: 'agt_at_the_door', deliveryId, report: reported }]);
      const stolen = await ask(agent, 'delivery-status', { ...report, agentId: 'agt_else' });
      expect(stolen).toMatchObject({ ok: false, code: 'contract_violation' });
    });

    it('replays and acknowledgements, always for the socket’s agent', async () => {
      const org = unique('org');
      const [ana, ben] = [unique('agt'), unique('agt')];
      inbox.set(ana, [message(ana)]);
      const own = await open({ header: `Bearer ${tokenOf(org, ana)}` });
      const stranger = await connect(tokenOf(org, ben));
      expect(await ask(own, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true, items: [{ agentId: ana }] });
      expect(await ask(stranger, 'replay', { afterSequence: 0, agentId: ana })).toMatchObject({
        ok: false,
        code: 'contract_violation',
      });
      const acknowledgement = { messageId: `m_${ana}` };
      expect(await ask(stranger, 'acknowledge', acknowledgement)).toMatchObject({ ok: false, code: 'not_found' });
      expect(await ask(own, 'acknowledge', acknowledgement)).toMatchObject({ ok: true, message: { agentId: ana } });
    });
  });

  describe('refuses', () => {
    it('invalid, forbidden and unknown requests, and requests to join a room', async () => {
      const org = unique('org');
      const agent = await connect(tokenOf(org, 'agt_1'));
      const watcher = await connect(await keyOf(org, 'admin'));
      expect(await ask(agent, 'replay', { afterSequence: -1 })).toMatchObject({
        ok: false,
        code: 'contract_violation',
      });
      expect(await ask(watcher, 'replay', { afterSequence: 0 })).toMatchObject({ ok: false, code: 'forbidden' });
      const overheard: unknown[] = [];
      agent.onAny((...heard) => overheard.push(heard));
      const room = toAgentRoom(org, 'agt_2');
      for (const event of ['join', 'join-room', 'joinAgent', 'subscribe', 'connection', 'message', 'event']) {
        expect(await ask(agent, event, { room, agentId: 'agt_2' })).toMatchObject({ ok: false, code: 'unknown_event' });
      }
      await publishMessage(org, 'agt_2');
      await ask(watcher, 'replay', {});
      await ask(agent, 'join', room);
      expect(overheard).toEqual([]);
      expect(first().get(LiveGateway).server.sockets.adapter.rooms.has(room)).toBe(false);
    });

    it('malformed bodies, without closing the socket', async () => {
      const agent = await connect(tokenOf(unique('org'), 'agt_1'));
      let deep: unknown = 0;
      for (let depth = 0; depth < 500; depth += 1) deep = [deep];
      const garbage = [undefined, null, 0, '', 'x', [], [[]], deep, { __proto__: null }, Buffer.from('binary')];
      for (const body of garbage) {
        expect(await ask(agent, 'acknowledge', body)).toMatchObject({ ok: false, code: 'contract_violation' });
      }
      agent.emit('acknowledge');
      agent.emit('acknowledge', 1, 2, 3);
      expect(await ask(agent, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true });
    });

    it('oversized packets, by closing the socket', async () => {
      const agent = await connect(tokenOf(unique('org'), 'agt_1'));
      agent.emit('acknowledge', { messageId: 'x'.repeat(64 * 1024) });
      await untilClosed(agent);
    });

    it('a flood of requests, first with a time to wait, then by closing the socket', async () => {
      const agent = await connect(tokenOf(unique('org'), 'agt_1'));
      const closing = closingOf(agent);
      const answers = await Promise.all(Array.from({ length: 100 }, () => ask(agent, 'acknowledge', {})));
      expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['contract_violation', 'rate_limited']));
      const waitTimes = answers.filter(({ code }) => code === 'rate_limited').map((one) => Number(one['retryAfterMs']));
      expect(Math.min(...waitTimes)).toBeGreaterThan(0);
      for (let asked = 0; asked < 400; asked += 1) agent.emit('acknowledge', {});
      expect((await closing).reason).toBe('flooding');
      await untilClosed(agent);
    });
  });

  describe('closes sockets', () => {
    it('when the token expires, unless the agent sent a new one', async () => {
      const org = unique('org');
      const [stays, goes] = await Promise.all(
        ['agt_stays', 'agt_goes'].map((agentId) => connect(shortToken(org, agentId, 3))),
      );
      if (!stays || !goes) throw new Error('Both sockets must connect.');
      const closing = closingOf(goes);
      const foreign = await ask(stays, 'reauthenticate', { token: tokenOf(org, 'agt_else') });
      expect(foreign).toMatchObject({ ok: false, code: 'another_identity' });
      expect(await ask(stays, 'reauthenticate', { token: 'x' })).toMatchObject({ ok: false, code: 'unauthorized' });
      const renewed = await ask(stays, 'reauthenticate', { token: tokenOf(org, 'agt_stays') });
      expect(renewed).toMatchObject({ ok: true, expiresAt: expect.any(String) as string });
      expect((await closing).reason).toBe('expired');
      await untilClosed(goes);
      expect(await ask(stays, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true });
    });

    it('immediately on every gateway when access is revoked, and no others', async () => {
      const org = unique('org');
      const [one, two, other] = await Promise.all([
        connect(tokenOf(org, 'agt_1'), 0),
        connect(tokenOf(org, 'agt_1'), 1),
        connect(tokenOf(org, 'agt_2'), 1),
      ]);
      const closings = [one, two].map(closingOf);
      await first()
        .get(TransactionRunner)
        .run((tx) => first().get(AccessChanges).record({ kind: 'agent', organizationId: org, agentId: 'agt_1' }, tx));
      for (const closing of await Promise.all(closings)) expect(closing.reason).toBe('revoked');
      await Promise.all([one, two].map(untilClosed));
      expect(await ask(other, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true });
    });

    it('of an identity that opens too many, oldest first', async () => {
      const token = tokenOf(unique('org'), 'agt_1');
      const oldest = await connect(token);
      const closing = closingOf(oldest);
      for (let more = 0; more < 5; more += 1) await connect(token);
      expect((await closing).reason).toBe('replaced');
      await untilClosed(oldest);
    });

    it('of a client that does not read, and queues no more packets than permitted', async () => {
      const org = unique('org');
      const agent = await connect(tokenOf(org, 'agt_slow'));
      const room = first().get(LiveGateway).server.local.to(toAgentRoom(org, 'agt_slow'));
      const send = (): boolean => (room as { emit(event: string, data: string): boolean }).emit('message', LARGE);
      const [server] = await room.fetchSockets();
      if (!server) throw new Error('The socket must be in its room.');
      const { conn } = server as unknown as { conn: { writeBuffer: unknown[]; readyState: string } };
      const { ws } = agent.io.engine.transport as unknown as { ws: { _socket: { pause(): void; destroy(): void } } };
      ws._socket.pause();
      let maxQueued = 0;
      await waitUntil(
        async () => {
          for (let sent = 0; sent < 100; sent += 1) send();
          maxQueued = Math.max(maxQueued, conn.writeBuffer.length);
          return (await room.fetchSockets()).length === 0 ? true : undefined;
        },
        { what: 'the slow reader to be disconnected', deadlineMs: 20_000, everyMs: 5 },
      );
      // One packet reaches the limit, and the closing event follows.
      expect(maxQueued).toBeLessThanOrEqual(MAX_QUEUED_PACKETS + 2);
      const closed = (): true | undefined => (conn.readyState === 'closed' ? true : undefined);
      await waitUntil(closed, { what: 'the connection to be terminated', deadlineMs: 10_000 });
      ws._socket.destroy();
    });
  });
});
