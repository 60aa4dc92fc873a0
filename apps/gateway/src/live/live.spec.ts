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
import { parseOrganizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
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
const OPERATOR_KEY = 'operator-key-of-this-test-0123456789';

type LiveReply = Record<string, unknown> & { ok: boolean; code?: string };
const LARGE_PAYLOAD = 'x'.repeat(20_000);

type Closing = Promise<LiveClosing>;

let idCount = 0;
const createId = (prefix: string): string => `${prefix}_${(idCount += 1)}`;

describe('the live channel', () => {
  const apps: NestFastifyApplication[] = [];
  const urls: string[] = [];
  const sockets: Socket[] = [];
  let mesh: MeshDouble;
  let notifications: MeshDouble;
  const inbox = new Map<string, InboxMessage[]>();
  const skillsByAgent = new Map<string, string[]>();

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
      OPERATOR_API_KEY: OPERATOR_KEY,
      LIVE_HANDSHAKES_PER_MINUTE: 10_000,
    });
    for (let gateways = 0; gateways < 2; gateways += 1) {
      const app = await createGateway(config);
      await app.listen(0, '127.0.0.1');
      apps.push(app);
      urls.push((await app.getUrl()).replace('[::1]', '127.0.0.1'));
    }
    mesh = await MeshDouble.open(servers.nats.url, 'routing');
    notifications = await MeshDouble.open(servers.nats.url, 'notifications');
    notifications.serve(ListInboxRpc, ({ agentId, afterSequence }) => ({
      items: (inbox.get(agentId) ?? []).filter(({ sequence }) => sequence > afterSequence),
    }));
    notifications.serve(ReadAnnouncementsRpc, ({ agentId, after }) => ({
      items: [],
      upTo: after ?? 0,
      readUpTo: 0,
      skills: skillsByAgent.get(agentId) ?? [],
    }));
    notifications.serve(AcknowledgeMessageRpc, ({ agentId, messageId }) => {
      const ownMessage = inbox.get(agentId)?.find((item) => item.messageId === messageId);
      if (!ownMessage) throw new CodedError('not_found', 'No message of this agent.');
      return { ...ownMessage, acknowledgedAt: '2026-03-02T15:01:00Z' };
    });
  });

  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await mesh?.close();
    await notifications?.close();
    for (const app of apps) await app.close();
  });

  const getFirstApp = (): NestFastifyApplication => apps[0] as NestFastifyApplication;

  const issueToken = (org: string, agentId: string): string =>
    getFirstApp().get(AgentTokens).issue(parseOrganizationId(org), agentId).token;

  const issueShortLivedToken = (org: string, agentId: string, seconds: number): string =>
    jwt.sign({ org }, JWT_SECRET, {
      issuer: 'delauto',
      audience: 'delauto-agent',
      subject: agentId,
      expiresIn: seconds,
    });

  const issueKey = async (org: string, role: 'admin' | 'partner'): Promise<string> => {
    const key = { label: 'test', scopes: toScopes(role) };
    const work = (tx: Transaction): Promise<IssuedApiKey> =>
      getFirstApp().get(IssueApiKey).execute(parseOrganizationId(org), key, tx);
    return (await getFirstApp().get(TransactionRunner).run(work)).apiKey;
  };

  function openSocket(options: { token?: string; header?: string; gateway?: number }): Promise<Socket> {
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
    openSocket({ gateway, ...(token === undefined ? {} : { token }) });

  const request = async (socket: Socket, event: string, body?: unknown): Promise<LiveReply> =>
    (await socket.timeout(10_000).emitWithAck(event, body)) as LiveReply;

  const waitForClosingEvent = (socket: Socket): Closing => new Promise((resolve) => socket.once('closing', resolve));
  const waitUntilClosed = (socket: Socket): Promise<true> =>
    waitUntil(() => (socket.connected ? undefined : true), { what: 'the socket to close' });

  /** Creates an organization, so that the gateway knows its time zone. */
  const createOrganization = async (): Promise<string> => {
    const org = createId('org');
    const work = (tx: Transaction): Promise<unknown> =>
      getFirstApp()
        .get(OrganizationRepository)
        .create(tx, parseOrganizationId(org), {
          _id: org,
          name: 'Acme',
          zone: 'America/Chicago',
          maxAttemptsPerDelivery: 3,
          createdAt: new Date(),
          callsFromMinute: 540,
          callsUntilMinute: 1200,
          features: { recordCalls: true, transcribe: true, smsFallback: true, holdoutPercent: 0 },
        });
    await getFirstApp().get(TransactionRunner).run(work);
    return org;
  };

  const hoursFromNow = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const CURRENT_WINDOW = { start: hoursFromNow(-0.1), end: hoursFromNow(0.1) };

  const makeMessage = (agentId: string, window = CURRENT_WINDOW): InboxMessage => ({
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

  const publishMessage = (org: string, agentId: string, window = CURRENT_WINDOW): Promise<unknown> =>
    mesh.publish(InboxMessageAdded, {
      payload: makeMessage(agentId, window),
      aggregateId: agentId,
      organizationId: org,
    });

  const publishAnnouncement = (org: string, announcement: Partial<Announcement>): Promise<unknown> =>
    mesh.publish(AnnouncementPublished, {
      payload: {
        announcementId: createId('ann'),
        sequence: 1,
        text: 'The depot closes early.',
        createdAt: '2026-03-02T15:00:00Z',
        ...announcement,
      },
      aggregateId: org,
      organizationId: org,
    });

  describe('is not open', () => {
    it('to unauthenticated clients, to the operator, and to callers without the permission to watch', async () => {
      const partner = await issueKey(createId('org'), 'partner');
      for (const token of [undefined, 'nonsense', OPERATOR_KEY, partner])
        await expect(connect(token)).rejects.toThrow();
      await expect(openSocket({ header: 'Bearer nonsense' })).rejects.toThrow('unauthorized');
      await expect(connect(issueShortLivedToken('org_1', 'agt_1', -1))).rejects.toThrow('unauthorized');
    });

    it('to pages of origins that are not allowed, and to long polling', async () => {
      const handshake = `${urls[0] ?? ''}/socket.io/?EIO=4&transport=polling`;
      expect((await fetch(handshake)).status).toBe(400);
      const page = io(urls[0] ?? '', {
        auth: { token: issueToken('org_1', 'agt_1') },
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
      const [ownOrg, otherOrg] = [await createOrganization(), createId('org')];
      const admin = await issueKey(ownOrg, 'admin');
      const ownSockets = await Promise.all([
        connect(issueToken(ownOrg, 'agt_ana'), 0),
        connect(issueToken(ownOrg, 'agt_ana'), 1),
      ]);
      const otherSockets = await Promise.all([
        connect(issueToken(ownOrg, 'agt_ben')),
        connect(issueToken(otherOrg, 'agt_ana'), 1),
        connect(await issueKey(otherOrg, 'admin')),
      ]);
      const unexpectedEvents: unknown[] = [];
      for (const socket of otherSockets) socket.onAny((...event) => unexpectedEvents.push(event));
      const watcher = await connect(admin, 1);
      const watchedEvent = new Promise<{ type: string; data: InboxMessage }>((resolve) => watcher.on('event', resolve));
      const received = ownSockets.map(
        (socket) => new Promise<InboxMessage>((resolve) => socket.on('message', resolve)),
      );
      await publishMessage(ownOrg, 'agt_ana');
      for (const message of await Promise.all(received)) expect(message.instructions?.accessCode?.value).toBe('4521');
      const liveEvent = await watchedEvent;
      expect(liveEvent).toMatchObject({ type: InboxMessageAdded.subject, sequence: 1 });
      expect(liveEvent.data.instructions?.accessCode?.value).toBe('••••');
      // The others get a reply to a request sent after the message. Nothing else has arrived before it.
      await Promise.all(otherSockets.map((socket) => request(socket, 'acknowledge', { messageId: {} })));
      expect(unexpectedEvents).toEqual([]);
    });

    it('access codes only on the day of the delivery, in events and in replies', async () => {
      const org = await createOrganization();
      const agentId = createId('agt');
      const agent = await connect(issueToken(org, agentId));
      const laterWindow = { start: hoursFromNow(48), end: hoursFromNow(49) };
      for (const [window, isShown] of [
        [CURRENT_WINDOW, true],
        [laterWindow, false],
        [{ start: hoursFromNow(-49), end: hoursFromNow(-48) }, false],
      ] as const) {
        const received = new Promise<InboxMessage>((resolve) => agent.once('message', resolve));
        await publishMessage(org, agentId, window);
        expect(JSON.stringify(await received).includes('4521')).toBe(isShown);
        inbox.set(agentId, [makeMessage(agentId, window)]);
        const replayed = await request(agent, 'replay', { afterSequence: 0 });
        expect(JSON.stringify(replayed).includes('4521')).toBe(isShown);
        const { messageId } = makeMessage(agentId);
        expect(JSON.stringify(await request(agent, 'acknowledge', { messageId })).includes('4521')).toBe(isShown);
        const inboxResponse = await fetch(`${urls[0] ?? ''}/v1/me/inbox`, {
          headers: { authorization: `Bearer ${issueToken(org, agentId)}` },
        });
        expect((await inboxResponse.text()).includes('4521')).toBe(isShown);
      }
    });

    it('transcripts to dispatchers, with the access code masked', async () => {
      const org = createId('org');
      const watcher = await connect(await issueKey(org, 'admin'));
      const watchedEvent = new Promise<{ data: RecordingTranscribedPayload }>((resolve) =>
        watcher.on('event', resolve),
      );
      const text = 'yes the gate code is four five one two thanks';
      const recording = { deliveryId: 'dlv_1', attemptId: 'dlv_1.1', recordingId: 'rec_1', text };
      const segment = { text, startMs: 0, endMs: 2_000, confidence: 0.9 };
      const transcription = { language: 'en' as const, provider: 'local', model: 'tiny' };
      await mesh.publish(RecordingTranscribed, {
        payload: { ...recording, ...transcription, segments: [segment] },
        aggregateId: 'rec_1',
        organizationId: org,
      });
      const { data } = await watchedEvent;
      expect(data.deliveryId).toBe('dlv_1');
      expect(data.text).toMatch(/^yes the .*•.* thanks$/);
      expect(JSON.stringify(data)).not.toMatch(/four five/);
    });

    it('an announcement to all agents, or to those with a skill as of their last replay', async () => {
      const org = createId('org');
      const pairedAgentId = createId('agt');
      skillsByAgent.set(pairedAgentId, ['two_person']);
      const [ana, ben] = await Promise.all([
        connect(issueToken(org, pairedAgentId), 1),
        connect(issueToken(org, createId('agt'))),
      ]);
      const receivedTexts = { ana: [] as string[], ben: [] as string[] };
      ana.on('announcement', ({ text }: Announcement) => receivedTexts.ana.push(text));
      ben.on('announcement', ({ text }: Announcement) => receivedTexts.ben.push(text));
      expect(await request(ana, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true, items: [], more: false });
      await request(ben, 'replay', { afterSequence: 0 });
      await publishAnnouncement(org, { sequence: 1, text: 'pairs', skill: 'two_person' });
      await publishAnnouncement(org, { sequence: 2, text: 'all' });
      await waitUntil(() => (receivedTexts.ana.length === 2 && receivedTexts.ben.length === 1 ? true : undefined), {
        what: 'the announcements',
      });
      expect(receivedTexts).toEqual({ ana: ['pairs', 'all'], ben: ['all'] });
    });

    it('a position to routing, always for the socket’s agent', async () => {
      const org = createId('org');
      const agent = await connect(issueToken(org, 'agt_moving'));
      mesh.serve(ReportAgentLocationRpc, ({ agentId, position }) => {
        if (agentId !== 'agt_moving') throw new CodedError('not_found', 'Another agent.');
        return { position, at: '2026-03-02T15:00:00Z' };
      });
      expect(await request(agent, 'location', { position: [-0.1, 51.5] })).toMatchObject({
        ok: true,
        position: [-0.1, 51.5],
      });
      for (const body of [{ position: [51.5, -181] }, { position: [0, 0], agentId: 'agt_other' }, {}]) {
        expect(await request(agent, 'location', body)).toMatchObject({ ok: false, code: 'contract_violation' });
      }
    });

    it('a delivery status to routing, always for the socket’s agent, and returns routing’s refusal', async () => {
      const agent = await connect(issueToken(createId('org'), 'agt_at_the_door'));
      const requests: unknown[] = [];
      mesh.serve(ReportStatusRpc, (request) => {
        requests.push(request);
        throw new CodedError('status_not_possible', 'It was delivered before.');
      });
      const report = { deliveryId: 'dlv_1', status: 'delivered', note: 'Left in the garage.' };
      const refusal = { ok: false, code: 'status_not_possible', message: 'It was delivered before.' };
      expect(await request(agent, 'delivery-status', report)).toEqual(refusal);
      const { deliveryId, ...expectedReport } = report;
      expect(requests).toEqual([{ agentId: 'agt_at_the_door', deliveryId, report: expectedReport }]);
      const refusalForOtherAgent = await request(agent, 'delivery-status', { ...report, agentId: 'agt_other' });
      expect(refusalForOtherAgent).toMatchObject({ ok: false, code: 'contract_violation' });
    });

    it('replays and acknowledgements, always for the socket’s agent', async () => {
      const org = createId('org');
      const [ana, ben] = [createId('agt'), createId('agt')];
      inbox.set(ana, [makeMessage(ana)]);
      const ownSocket = await openSocket({ header: `Bearer ${issueToken(org, ana)}` });
      const otherSocket = await connect(issueToken(org, ben));
      expect(await request(ownSocket, 'replay', { afterSequence: 0 })).toMatchObject({
        ok: true,
        items: [{ agentId: ana }],
      });
      expect(await request(otherSocket, 'replay', { afterSequence: 0, agentId: ana })).toMatchObject({
        ok: false,
        code: 'contract_violation',
      });
      const acknowledgement = { messageId: `m_${ana}` };
      expect(await request(otherSocket, 'acknowledge', acknowledgement)).toMatchObject({
        ok: false,
        code: 'not_found',
      });
      expect(await request(ownSocket, 'acknowledge', acknowledgement)).toMatchObject({
        ok: true,
        message: { agentId: ana },
      });
    });
  });

  describe('refuses', () => {
    it('invalid, forbidden and unknown requests, and requests to join a room', async () => {
      const org = createId('org');
      const agent = await connect(issueToken(org, 'agt_1'));
      const watcher = await connect(await issueKey(org, 'admin'));
      expect(await request(agent, 'replay', { afterSequence: -1 })).toMatchObject({
        ok: false,
        code: 'contract_violation',
      });
      expect(await request(watcher, 'replay', { afterSequence: 0 })).toMatchObject({ ok: false, code: 'forbidden' });
      const unexpectedEvents: unknown[] = [];
      agent.onAny((...event) => unexpectedEvents.push(event));
      const room = toAgentRoom(org, 'agt_2');
      for (const event of ['join', 'join-room', 'joinAgent', 'subscribe', 'connection', 'message', 'event']) {
        expect(await request(agent, event, { room, agentId: 'agt_2' })).toMatchObject({
          ok: false,
          code: 'unknown_event',
        });
      }
      await publishMessage(org, 'agt_2');
      await request(watcher, 'replay', {});
      await request(agent, 'join', room);
      expect(unexpectedEvents).toEqual([]);
      expect(getFirstApp().get(LiveGateway).server.sockets.adapter.rooms.has(room)).toBe(false);
    });

    it('malformed bodies, without closing the socket', async () => {
      const agent = await connect(issueToken(createId('org'), 'agt_1'));
      let nested: unknown = 0;
      for (let depth = 0; depth < 500; depth += 1) nested = [nested];
      const malformedBodies = [
        undefined,
        null,
        0,
        '',
        'x',
        [],
        [[]],
        nested,
        { __proto__: null },
        Buffer.from('binary'),
      ];
      for (const body of malformedBodies) {
        expect(await request(agent, 'acknowledge', body)).toMatchObject({ ok: false, code: 'contract_violation' });
      }
      agent.emit('acknowledge');
      agent.emit('acknowledge', 1, 2, 3);
      expect(await request(agent, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true });
    });

    it('oversized packets, by closing the socket', async () => {
      const agent = await connect(issueToken(createId('org'), 'agt_1'));
      agent.emit('acknowledge', { messageId: 'x'.repeat(64 * 1024) });
      await waitUntilClosed(agent);
    });

    it('a flood of requests, first with a time to wait, then by closing the socket', async () => {
      const agent = await connect(issueToken(createId('org'), 'agt_1'));
      const closing = waitForClosingEvent(agent);
      const replies = await Promise.all(Array.from({ length: 100 }, () => request(agent, 'acknowledge', {})));
      expect(new Set(replies.map(({ code }) => code))).toEqual(new Set(['contract_violation', 'rate_limited']));
      const waitTimes = replies
        .filter(({ code }) => code === 'rate_limited')
        .map((reply) => Number(reply['retryAfterMs']));
      expect(Math.min(...waitTimes)).toBeGreaterThan(0);
      for (let count = 0; count < 400; count += 1) agent.emit('acknowledge', {});
      expect((await closing).reason).toBe('flooding');
      await waitUntilClosed(agent);
    });
  });

  describe('closes sockets', () => {
    it('when the token expires, unless the agent sent a new one', async () => {
      const org = createId('org');
      const [renewing, expiring] = await Promise.all(
        ['agt_stays', 'agt_goes'].map((agentId) => connect(issueShortLivedToken(org, agentId, 3))),
      );
      if (!renewing || !expiring) throw new Error('Both sockets must connect.');
      const closing = waitForClosingEvent(expiring);
      const otherIdentity = await request(renewing, 'reauthenticate', { token: issueToken(org, 'agt_other') });
      expect(otherIdentity).toMatchObject({ ok: false, code: 'another_identity' });
      expect(await request(renewing, 'reauthenticate', { token: 'x' })).toMatchObject({
        ok: false,
        code: 'unauthorized',
      });
      const renewed = await request(renewing, 'reauthenticate', { token: issueToken(org, 'agt_stays') });
      expect(renewed).toMatchObject({ ok: true, expiresAt: expect.any(String) as string });
      expect((await closing).reason).toBe('expired');
      await waitUntilClosed(expiring);
      expect(await request(renewing, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true });
    });

    it('immediately on every gateway when access is revoked, and no others', async () => {
      const org = createId('org');
      const [firstRevoked, secondRevoked, unaffected] = await Promise.all([
        connect(issueToken(org, 'agt_1'), 0),
        connect(issueToken(org, 'agt_1'), 1),
        connect(issueToken(org, 'agt_2'), 1),
      ]);
      const closings = [firstRevoked, secondRevoked].map(waitForClosingEvent);
      await getFirstApp()
        .get(TransactionRunner)
        .run((tx) =>
          getFirstApp().get(AccessChanges).record({ kind: 'agent', organizationId: org, agentId: 'agt_1' }, tx),
        );
      for (const closing of await Promise.all(closings)) expect(closing.reason).toBe('revoked');
      await Promise.all([firstRevoked, secondRevoked].map(waitUntilClosed));
      expect(await request(unaffected, 'replay', { afterSequence: 0 })).toMatchObject({ ok: true });
    });

    it('of an identity that opens too many, oldest first', async () => {
      const token = issueToken(createId('org'), 'agt_1');
      const oldest = await connect(token);
      const closing = waitForClosingEvent(oldest);
      for (let count = 0; count < 5; count += 1) await connect(token);
      expect((await closing).reason).toBe('replaced');
      await waitUntilClosed(oldest);
    });

    it('of a client that does not read, and queues no more packets than permitted', async () => {
      const org = createId('org');
      const agent = await connect(issueToken(org, 'agt_slow'));
      const room = getFirstApp().get(LiveGateway).server.local.to(toAgentRoom(org, 'agt_slow'));
      const send = (): boolean =>
        (room as { emit(event: string, data: string): boolean }).emit('message', LARGE_PAYLOAD);
      const [serverSocket] = await room.fetchSockets();
      if (!serverSocket) throw new Error('The socket must be in its room.');
      const { conn } = serverSocket as unknown as { conn: { writeBuffer: unknown[]; readyState: string } };
      const { ws } = agent.io.engine.transport as unknown as { ws: { _socket: { pause(): void; destroy(): void } } };
      ws._socket.pause();
      let maxQueued = 0;
      await waitUntil(
        async () => {
          for (let count = 0; count < 100; count += 1) send();
          maxQueued = Math.max(maxQueued, conn.writeBuffer.length);
          return (await room.fetchSockets()).length === 0 ? true : undefined;
        },
        { what: 'the slow reader to be disconnected', everyMs: 5 },
      );
      // One packet reaches the limit, and the closing event follows.
      expect(maxQueued).toBeLessThanOrEqual(MAX_QUEUED_PACKETS + 2);
      const isClosed = (): true | undefined => (conn.readyState === 'closed' ? true : undefined);
      await waitUntil(isClosed, { what: 'the connection to be terminated' });
      ws._socket.destroy();
    });
  });
});
