import { isDeepStrictEqual } from 'node:util';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  AgentCreated,
  CallAnswered,
  CallCompleted,
  CallPlaced,
  CallRequested,
  CustomerOptedOut,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryCreated,
  DeliveryDelivered,
  GetAgentFiguresRpc,
  GetCallFiguresRpc,
  GetInsightsRpc,
  GetSummaryRpc,
  GetTimelineRpc,
  InboxMessageAcknowledged,
  InstructionsExtracted,
  MessageStatusChanged,
  RecordingTranscribed,
  SmsRequested,
  WebhookSettled,
  type CallOutcome,
  type EventEnvelope,
  type Summary,
  type Timeline,
} from '#libs/contracts/index.js';
import { NatsLink } from '#libs/messaging/index.js';
import { connectMessaging } from '#libs/messaging/index.js';
import { ORGANIZATION, RestOfMesh } from '#libs/testing/mesh/rest-of-mesh.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY, TEST_SEALER } from '#libs/testing/data-keys.js';
import { AnalyticsModule } from './analytics.module.js';
import { readHistory } from './events/read-history.js';
import { RebuildProjections } from './events/rebuild-projections.js';

let app: INestApplication;
let mesh: RestOfMesh;

const window = { start: '2026-03-02T15:00:00Z', end: '2026-03-02T17:00:00Z' };
const at = (second: number): Date => new Date(Date.UTC(2026, 2, 2, 12, 0, second));
const wishes = { safePlace: { value: 'garage' as const, confidence: 1, source: 'analysis' as const }, complexity: 1 };

type Publish = () => Promise<EventEnvelope>;

/** All events about one delivery, in chronological order; `n` makes its ids unique. */
function deliveryEvents(n: number, outcome: CallOutcome): Publish[] {
  const deliveryId = `dlv_${n}`;
  const attemptId = `att_${n}`;
  const agentId = 'agt_ana';
  const fact = { deliveryId, reference: `REF-${n}` };
  const call = { attemptId, deliveryId };
  const id = (step: number): string => `e${n}-${step}`;
  const delivery = { aggregateId: deliveryId };
  const attempt = { aggregateId: attemptId };
  const reached = outcome === 'answered';
  const start: Publish[] = [
    () =>
      mesh.publish(DeliveryCreated, {
        ...delivery,
        id: id(1),
        occurredAt: at(1),
        payload: { ...fact, customerId: 'cus_1', window },
      }),
    () =>
      mesh.publish(CallRequested, {
        ...attempt,
        id: id(2),
        occurredAt: at(2),
        payload: {
          ...fact,
          attemptId,
          attempt: 1,
          customerId: 'cus_1',
          customerName: 'Cara',
          phone: '+13125550123',
          language: 'en',
          organizationName: 'Swift',
          window,
          alternativeWindows: [],
          zone: 'America/Chicago',
          candidateZones: ['America/Chicago'],
          callsFromMinute: 480,
          callsUntilMinute: 1260,
          legalBasis: 'consent',
          attemptsForDelivery: 0,
          attemptsToday: 0,
          expiresAt: window.start,
        },
      }),
    () =>
      mesh.publish(CallPlaced, {
        ...attempt,
        id: id(3),
        occurredAt: at(3),
        payload: { ...call, carrierCallId: 'CA1' },
      }),
    () =>
      mesh.publish(CallCompleted, {
        ...attempt,
        id: id(5),
        occurredAt: at(15),
        payload: {
          ...call,
          outcome,
          durationSeconds: reached ? 10 : 0,
          recordingExpected: reached,
          conversationFinished: reached,
        },
      }),
  ];
  if (!reached) return start;
  const recordingId = `rec_${n}`;
  return [
    ...start,
    () => mesh.publish(CallAnswered, { ...attempt, id: id(4), occurredAt: at(5), payload: call }),
    () =>
      mesh.publish(RecordingTranscribed, {
        aggregateId: recordingId,
        id: id(6),
        occurredAt: at(20),
        payload: {
          ...call,
          recordingId,
          text: 'leave it in the garage',
          language: 'en',
          segments: [],
          provider: 'p',
          model: 'm',
        },
      }),
    () =>
      mesh.publish(InstructionsExtracted, {
        aggregateId: recordingId,
        id: id(7),
        occurredAt: at(21),
        payload: { ...call, recordingId, text: 'leave it in the garage', instructions: wishes, provider: 'p' },
      }),
    () =>
      mesh.publish(DeliveryAssigned, {
        ...delivery,
        id: id(8),
        occurredAt: at(22),
        payload: {
          ...fact,
          agentId,
          agentName: 'Ana',
          customerName: 'Cara',
          position: [-87, 41],
          window,
          reason: {
            explanation: `${agentId}: 4 min away; next best agt_ben, 3 min worse`,
            cost: 240,
            runnerUpAgentId: 'agt_ben',
          },
          customerReached: true,
        },
      }),
    () =>
      mesh.publish(SmsRequested, {
        aggregateId: `msg_${n}.sms`,
        id: id(9),
        occurredAt: at(23),
        payload: { notificationId: `msg_${n}.sms`, to: '+13125550199', body: 'x', audience: 'agent', deliveryId },
      }),
    () =>
      mesh.publish(MessageStatusChanged, {
        aggregateId: `msg_${n}.sms`,
        id: id(10),
        occurredAt: at(24),
        payload: { notificationId: `msg_${n}.sms`, state: 'delivered' },
      }),
    () =>
      mesh.publish(InboxMessageAcknowledged, {
        aggregateId: agentId,
        id: id(11),
        occurredAt: at(25),
        payload: { messageId: `msg_${n}`, agentId, deliveryId, lastChannel: 'sms', afterMs: n * 1000 },
      }),
    () =>
      mesh.publish(DeliveryAcknowledged, {
        ...delivery,
        id: id(12),
        occurredAt: at(26),
        payload: { ...fact, agentId },
      }),
    () =>
      mesh.publish(WebhookSettled, {
        aggregateId: `whk_${n}`,
        id: id(13),
        occurredAt: at(27),
        payload: {
          webhookId: `whk_${n}`,
          endpointId: 'whe_1',
          deliveryId,
          type: 'delivery.assigned',
          result: 'delivered',
          tries: 1,
          settledAt: at(27).toISOString(),
        },
      }),
  ];
}

function agent(agentId: string, name: string): Publish {
  const profile = { agentId, name, phone: '+13125550199', position: [-87, 41] as [number, number], skills: [] };
  const payload = { ...profile, shift: window, capacity: { count: 3 }, experience: 0.5 };
  return () => mesh.publish(AgentCreated, { aggregateId: agentId, id: `e-${agentId}`, occurredAt: at(0), payload });
}

const optOut: Publish = () =>
  mesh.publish(CustomerOptedOut, {
    aggregateId: 'cus_9',
    id: 'e-out',
    occurredAt: at(30),
    payload: { customerId: 'cus_9', phone: '+13125550123' },
  });

const summary = (span: { from?: string; to?: string } = {}): Promise<Summary> => mesh.call(GetSummaryRpc, span);
const timeline = (deliveryId: string): Promise<Timeline> => mesh.call(GetTimelineRpc, { deliveryId });

const EXPECTED: Summary = {
  funnel: {
    created: 4,
    called: 4,
    reached: 3,
    instructed: 3,
    assigned: 3,
    acknowledged: 3,
    rescheduled: 0,
    refused: 0,
    canceled: 0,
    delivered: 0,
    failed: 0,
  },
  callOutcomes: [
    { outcome: 'answered', count: 3 },
    { outcome: 'no_answer', count: 1 },
  ],
  optOuts: 1,
  webhooksDelivered: 3,
  medianAcknowledgeMs: 2000,
};

describe('analytics over real servers', () => {
  beforeAll(async () => {
    const { mongo, nats } = await startTestServers({ mongo: true, nats: true });
    const config = {
      PORT: 0,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      MONGODB_URI: mongo.uri,
      NATS_URL: nats.url,
      LOG_LEVEL: 'error',
    };
    const module = await Test.createTestingModule({ imports: [AnalyticsModule.forConfig(config)] }).compile();
    app = module.createNestApplication(new FastifyAdapter(), { logger: ['error', 'warn'] });
    await connectMessaging(app);
    mesh = await RestOfMesh.open(nats.url, 'gateway');
  });

  // Inside `describe`, so that the app closes before a hook of the file releases the servers.
  afterAll(async () => {
    await mesh?.close();
    await app?.close();
  });

  it('computes the same figures from events that arrive in reverse order and twice', async () => {
    const published = [
      ...[1, 2, 3].flatMap((n) => deliveryEvents(n, 'answered')),
      ...deliveryEvents(4, 'no_answer'),
      optOut,
    ];
    const arrivals = [...published, agent('agt_ana', 'Ana'), agent('agt_ben', 'Ben')].reverse();
    for (const publish of [...arrivals, ...published.slice(0, 20)]) await publish();
    const figures = await waitUntil(
      async () => {
        const now = await summary();
        // Compares the contents, as the reply is an instance of a contract class.
        return isDeepStrictEqual(JSON.parse(JSON.stringify(now)), EXPECTED) ? now : undefined;
      },
      { what: 'the figures', deadlineMs: 20_000 },
    ).catch(() => summary());
    expect(figures).toEqual(EXPECTED);
  });

  it('counts by the time of the events, in half-open spans', async () => {
    const before = { to: at(1).toISOString() };
    expect((await summary(before)).funnel.created).toBe(0);
    const since = { from: at(1).toISOString(), to: at(2).toISOString() };
    expect((await summary(since)).funnel).toEqual(EXPECTED.funnel);
    expect((await summary(since)).callOutcomes).toEqual([]);
    expect(await summary({ from: at(31).toISOString() })).toEqual({
      funnel: {
        created: 0,
        called: 0,
        reached: 0,
        instructed: 0,
        assigned: 0,
        acknowledged: 0,
        rescheduled: 0,
        refused: 0,
        canceled: 0,
        delivered: 0,
        failed: 0,
      },
      callOutcomes: [],
      optOuts: 0,
      webhooksDelivered: 0,
    });
  });

  it('lists the timeline of a delivery in chronological order', async () => {
    const { entries } = await timeline('dlv_1');
    expect(entries.map(({ text }) => text)).toEqual([
      'Delivery REF-1 accepted, planned for 2026-03-02 15:00–17:00 UTC',
      'Call to +1••••••••23 requested, attempt 1',
      'The carrier accepted the call',
      'The call was picked up',
      'The call ended: answered after 10 s',
      'The customer said: “leave it in the garage”',
      'Instructions extracted: leave at: garage',
      'Given to Ana: 4 min away; next best Ben, 3 min worse',
      'An SMS goes to the agent at +1••••••••99',
      'The SMS was delivered',
      'Ana acknowledged after 1 s, reached by sms',
      'Ana knows what the customer wants',
      'The partner was notified: delivery.assigned, 1 try',
    ]);
    expect(entries[0]).toMatchObject({ at: at(1).toISOString(), event: 'routing.delivery.created' });
  });

  it('counts what each agent was assigned and acknowledged, by event time', async () => {
    const handedOver = { deliveryId: 'dlv_1', reference: 'REF-1', agentId: 'agt_ana' };
    await mesh.publish(DeliveryDelivered, {
      aggregateId: 'dlv_1',
      id: 'e-over',
      occurredAt: at(40),
      payload: handedOver,
    });
    const span = { from: at(0).toISOString(), to: at(59).toISOString() };
    await waitUntil(async () => (await mesh.call(GetAgentFiguresRpc, span)).items[0]?.delivered === 1, {
      what: 'the delivered event',
      deadlineMs: 10_000,
    });
    const ana = { agentId: 'agt_ana', name: 'Ana', assigned: 3, acknowledged: 3, delivered: 1 };
    expect(await mesh.call(GetAgentFiguresRpc, span)).toEqual({
      ...span,
      items: [{ ...ana, medianAcknowledgeMs: 2000, acknowledgedMessages: 3 }],
    });
    const noHistory = { from: at(0).toISOString(), to: at(22).toISOString() };
    expect((await mesh.call(GetAgentFiguresRpc, noHistory)).items).toEqual([]);
    const tooLong = mesh.call(GetAgentFiguresRpc, { from: '2020-01-01T00:00:00Z', to: span.to });
    await expect(tooLong).rejects.toMatchObject({ code: 'span_too_long' });
  });

  it('counts call outcomes by hour and day of a time zone, with the contact rate', async () => {
    const span = { from: at(0).toISOString(), to: at(59).toISOString() };
    const counts = {
      ended: 4,
      outcomes: [
        { outcome: 'answered', count: 3 },
        { outcome: 'no_answer', count: 1 },
      ],
      ...{ rung: 4, reached: 3, contactRate: 0.75 },
    };
    const zone = 'America/Chicago';
    expect(await mesh.call(GetCallFiguresRpc, { ...span, by: 'day', zone })).toEqual({
      ...{ ...span, by: 'day', zone },
      items: [{ ...counts, start: '2026-03-02T06:00:00.000Z' }],
    });
    const hours = await mesh.call(GetCallFiguresRpc, { ...span, by: 'hour' });
    expect(hours).toMatchObject({ zone: 'UTC', items: [{ ...counts, start: '2026-03-02T12:00:00.000Z' }] });
    const quarter = { from: '2026-01-01T00:00:00Z', to: '2026-03-31T00:00:00Z' };
    await expect(mesh.call(GetCallFiguresRpc, { ...quarter, by: 'hour' })).rejects.toMatchObject({
      code: 'span_too_long',
    });
    expect((await mesh.call(GetCallFiguresRpc, quarter)).items).toHaveLength(1);
  });

  it('counts the topics of customers in the instructions extracted from recordings', async () => {
    const span = { from: at(0).toISOString(), to: at(59).toISOString() };
    const zone = 'America/Chicago';
    const before = await mesh.call(GetInsightsRpc, { ...span, zone });
    expect(before).toEqual({
      ...{ ...span, zone, understood: 3, topics: [{ topic: 'safe_place', count: 3 }], hindrances: [] },
      moods: [{ start: '2026-03-02T06:00:00.000Z', positive: 0, negative: 0, neither: 3 }],
    });
    const one = await mesh.call(GetInsightsRpc, { ...span, deliveryId: 'dlv_1' });
    expect(one).toMatchObject({ understood: 1, topics: [{ topic: 'safe_place', count: 1 }] });
  });

  it('shows nothing of another organization', async () => {
    const options = { organizationId: 'org_2' };
    const span = { from: at(0).toISOString(), to: at(59).toISOString() };
    expect((await mesh.call(GetAgentFiguresRpc, span, options)).items).toEqual([]);
    expect((await mesh.call(GetCallFiguresRpc, span, options)).items).toEqual([]);
    expect((await mesh.call(GetInsightsRpc, span, options)).understood).toBe(0);
    expect(await mesh.call(GetTimelineRpc, { deliveryId: 'dlv_1' }, options)).toEqual({
      deliveryId: 'dlv_1',
      entries: [],
    });
    const figures = await mesh.call(GetSummaryRpc, {}, options);
    expect([figures.funnel.created, figures.optOuts, figures.callOutcomes.length]).toEqual([0, 0, 0]);
    expect(ORGANIZATION).not.toBe(options.organizationId);
  });

  it('rebuilds the same figures and timelines from the streams', async () => {
    const before = [await summary(), await timeline('dlv_1'), await timeline('dlv_4')];
    const rebuild = app.get(RebuildProjections);
    expect(await rebuild.execute(noHistory())).toBe(0);
    expect((await summary()).funnel.created).toBe(0);
    expect(await rebuild.execute(readHistory(app.get(NatsLink), TEST_SEALER))).toBe(3 * 13 + 4 + 3 + 1);
    expect([await summary(), await timeline('dlv_1'), await timeline('dlv_4')]).toEqual(before);
  });
});

async function* noHistory(): AsyncGenerator<EventEnvelope> {
  // Yields nothing, so that a rebuild only deletes.
}
