import {
  AnalyticsOperations,
  DeadLetterRedriveRequested,
  RoutingOperations,
  TelephonyOperations,
  type OperationsReport,
} from '#libs/contracts/index.js';
import { DeadLetters, type DeadLetterReason } from '#libs/messaging/index.js';
import { VERSION } from '#libs/platform/operations/version.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { EdgeFixture } from '../testing/edge-fixture.js';
import type { DeadLetterDetails, DeadLetterPage } from './dead-letters.dto.js';
import type { CacheReport, HealthReport, QueuesReport } from './operations.dto.js';

const OPERATOR_KEY = 'operator-key-of-this-test-0123456789';

const REPORT: OperationsReport = {
  version: '9.9.9',
  startedAt: '2026-03-02T15:00:00Z',
  draining: false,
  dependencies: [
    { name: 'mongodb', state: 'up' },
    { name: 'object_store', state: 'down', detail: 'refused' },
  ],
  queues: [{ queue: 'delivery_queue', waiting: 7, due: 2, running: 1, failed: 3, oldestDueMs: 900 }],
  outboxPending: 5,
};

describe('the admin endpoints', () => {
  let edge: EdgeFixture;
  let letters: DeadLetters;

  beforeAll(async () => {
    edge = await EdgeFixture.start({ OPERATOR_API_KEY: OPERATOR_KEY });
    letters = edge.gateway().app.get(DeadLetters);
    edge.mesh.serve(RoutingOperations, () => REPORT);
    edge.mesh.serve(AnalyticsOperations, () => ({ ...REPORT, queues: [] }));
    // Telephony receives the request, but never replies.
    edge.mesh.serve(TelephonyOperations, () => new Promise(() => undefined));
  });

  afterAll(() => edge?.stop());

  async function get<T>(path: string): Promise<T> {
    const { status, text } = await edge.call('GET', `/v1/admin/${path}`, { key: OPERATOR_KEY });
    expect(status).toBe(200);
    return JSON.parse(text) as T;
  }

  let letterCount = 0;
  async function addLetter(body: string, reason: DeadLetterReason = 'handler_failed'): Promise<string> {
    letterCount += 1;
    const messageId = `message-${letterCount}`;
    await letters.store({
      consumer: 'analytics',
      subject: 'telephony.call.placed.v1',
      reason,
      code: 'TypeError',
      messageId,
      message: 'the gate code is 4271',
      stackHead: 'at x',
      deliveries: 8,
      deadAt: '2026-03-02T15:00:00Z',
      body,
      headers: {},
    });
    return messageId;
  }

  it('are accessible to the operator only', async () => {
    const { key } = await edge.createOrganization();
    for (const path of ['queues', 'health', 'cache', 'dead-letters', 'dead-letters/1']) {
      expect((await edge.call('GET', `/v1/admin/${path}`, { key })).status).toBe(403);
      expect((await edge.call('GET', `/v1/admin/${path}`)).status).toBe(401);
    }
    expect((await edge.call('POST', '/v1/admin/dead-letters/1/redrive', { key })).status).toBe(403);
  });

  it('report the queues of every app that replies, and which apps do not reply', async () => {
    const report = await get<QueuesReport>('queues');
    const states = Object.fromEntries(report.apps.map(({ app, state }) => [app, state]));
    expect(states).toEqual({
      gateway: 'up',
      routing: 'up',
      analytics: 'up',
      telephony: 'unreachable',
      transcription: 'unreachable',
      notifications: 'unreachable',
    });
    const routing = report.apps.find(({ app }) => app === 'routing');
    expect(routing).toEqual({ app: 'routing', state: 'up', queues: REPORT.queues, outboxPending: 5 });
    expect(report.apps.find(({ app }) => app === 'gateway')).toMatchObject({ queues: [] });
    await waitUntil(
      async () => (await get<QueuesReport>('queues')).apps.find(({ app }) => app === 'gateway')?.outboxPending === 0,
      { what: 'the outbox of the gateway to be empty' },
    );
    const gatewayConsumer = report.consumers.find(
      ({ app, stream }) => app === 'gateway' && stream === 'EVENTS_ROUTING',
    );
    expect(gatewayConsumer).toMatchObject({ state: 'up', pending: 0 });
    expect(report.consumers.find(({ app }) => app === 'notifications')).toMatchObject({ state: 'missing' });
  });

  it('report the health of apps and servers while some of them are unavailable', async () => {
    const report = await get<HealthReport>('health');
    expect(report.healthy).toBe(false);
    expect(report.apps.find(({ app }) => app === 'gateway')).toMatchObject({ state: 'up', version: VERSION });
    expect(report.apps.find(({ app }) => app === 'routing')).toMatchObject({ state: 'up', version: '9.9.9' });
    expect(report.apps.find(({ app }) => app === 'telephony')).toEqual({ app: 'telephony', state: 'unreachable' });
    expect(Object.fromEntries(report.servers.map(({ name, state }) => [name, state]))).toEqual({
      mongodb: 'up',
      nats: 'up',
      redis: 'up',
      object_store: 'down',
    });
  });

  it('report the statistics of the read cache', async () => {
    const report = await get<CacheReport>('cache');
    expect(report).toMatchObject({ redis: 'up', bypassed: 0 });
    expect(report.hits + report.shared + report.misses > 0).toBe(report.hitRate !== undefined);
  });

  it('list dead letters, newest first, with masked bodies', async () => {
    const event = {
      id: 'e1',
      organizationId: 'org_1',
      aggregateId: 'a',
      payload: { text: 'the gate code is 4271' },
      secret: 'whsec_very_secret',
      instructions: { accessCode: { value: '99', confidence: 1 } },
    };
    const firstMessageId = await addLetter(JSON.stringify(event));
    const secondMessageId = await addLetter('no json, the gate code is 4271', 'malformed');
    const page = await get<DeadLetterPage>('dead-letters?limit=1');
    expect(page.items).toMatchObject([
      { messageId: secondMessageId, reason: 'malformed', message: 'the gate code is ••••' },
    ]);
    expect(page.items[0]).not.toHaveProperty('organizationId');
    const nextPage = await get<DeadLetterPage>(`dead-letters?limit=1&cursor=${page.nextCursor}`);
    expect(nextPage.items).toMatchObject([
      { messageId: firstMessageId, organizationId: 'org_1', consumer: 'analytics' },
    ]);
    expect((await get<DeadLetterPage>('dead-letters?consumer=routing')).items).toEqual([]);

    const firstLetter = await get<DeadLetterDetails>(`dead-letters/${nextPage.items[0]?.deadLetterId}`);
    expect(firstLetter.body).not.toMatch(/4271|whsec_very_secret|"99"/);
    expect(JSON.parse(firstLetter.body)).toMatchObject({ organizationId: 'org_1', secret: '••••' });
    const secondLetter = await get<DeadLetterDetails>(`dead-letters/${page.items[0]?.deadLetterId}`);
    expect(secondLetter.body).toBe('no json, the gate code is ••••');
    expect((await edge.call('GET', '/v1/admin/dead-letters/999999', { key: OPERATOR_KEY })).status).toBe(404);
    expect((await edge.call('GET', '/v1/admin/dead-letters/nonsense', { key: OPERATOR_KEY })).status).toBe(404);
    expect((await edge.call('GET', '/v1/admin/dead-letters?cursor=x', { key: OPERATOR_KEY })).status).toBe(400);
  });

  it('redrive a dead letter once, and record who did it', async () => {
    const messageId = await addLetter(JSON.stringify({ organizationId: 'org_1' }));
    const [letter] = (await get<DeadLetterPage>('dead-letters?limit=1')).items;
    const id = letter?.deadLetterId ?? '';
    const redrive = () => edge.call('POST', `/v1/admin/dead-letters/${id}/redrive`, { key: OPERATOR_KEY });
    const responses = await Promise.all([redrive(), redrive()]);
    expect(responses.map(({ status }) => status).sort()).toContain(202);
    expect((await redrive()).status).toBe(404);
    expect((await get<DeadLetterPage>('dead-letters')).items.map((item) => item.messageId)).not.toContain(messageId);
    const events = await waitUntil(
      async () =>
        (await edge.mesh.published(DeadLetterRedriveRequested)).filter(({ aggregateId }) => aggregateId === id),
      { what: 'the redrive event' },
    );
    expect(events).toMatchObject([
      { organizationId: 'org_1', actor: { kind: 'operator' }, payload: { consumer: 'analytics', messageId } },
    ]);
  });
});
