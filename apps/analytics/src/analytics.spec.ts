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
import { ORGANIZATION, MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY, TEST_SEALER } from '#libs/testing/data-keys.js';
import { AnalyticsModule } from './analytics.module.js';
import { readHistory } from './events/read-history.js';
import { RebuildProjections } from './events/rebuild-projections.js';

let app: INestApplication;
let mesh: MeshDouble;

const window = { start: '2026-03-02T15:00:00Z', end: '2026-03-02T17:00:00Z' };
const at = (second: number): Date => new Date(Date.UTC(2026, 2, 2, 12, 0, second));
const instructions = {
  safePlace: { value: 'garage' as const, confidence: 1, source: 'analysis' as const },
  complexity: 1,
};

type Publish = () => Promise<EventEnvelope>;

/** Publishers of all events about one delivery; `n` makes its ids unique. */
function createDeliveryEvents(n: number, outcome: CallOutcome): Publish[] {
  const deliveryId = `dlv_${n}`;
  const attemptId = `att_${n}`;
  const agentId = 'agt_ana';
  const deliveryFields = { deliveryId, reference: `REF-${n}` };
  const callFields = { attemptId, deliveryId };
  const toEventId = (step: number): string => `e${n}-${step}`;
  const deliveryAggregate = { aggregateId: deliveryId };
  const attemptAggregate = { aggregateId: attemptId };
  const isReached = outcome === 'answered';
  const callEvents: Publish[] = [
    () =>
      mesh.publish(DeliveryCreated, {
        ...deliveryAggregate,
        id: toEventId(1),
        occurredAt: at(1),
        payload: { ...deliveryFields, customerId: 'cus_1', window },
      }),
    () =>
      mesh.publish(CallRequested, {
        ...attemptAggregate,
        id: toEventId(2),
        occurredAt: at(2),
        payload: {
          ...deliveryFields,
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
        ...attemptAggregate,
        id: toEventId(3),
        occurredAt: at(3),
        payload: { ...callFields, carrierCallId: 'CA1' },
      }),
    () =>
      mesh.publish(CallCompleted, {
        ...attemptAggregate,
        id: toEventId(5),
        occurredAt: at(15),
        payload: {
          ...callFields,
          outcome,
          durationSeconds: isReached ? 10 : 0,
          recordingExpected: isReached,
          conversationFinished: isReached,
        },
      }),
  ];
  if (!isReached) return callEvents;
  const recordingId = `rec_${n}`;
  return [
    ...callEvents,
    () => mesh.publish(CallAnswered, { ...attemptAggregate, id: toEventId(4), occurredAt: at(5), payload: callFields }),
    () =>
      mesh.publish(RecordingTranscribed, {
        aggregateId: recordingId,
        id: toEventId(6),
        occurredAt: at(20),
        payload: {
          ...callFields,
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
        id: toEventId(7),
        occurredAt: at(21),
        payload: { ...callFields, recordingId, text: 'leave it in the garage', instructions, provider: 'p' },
      }),
    () =>
      mesh.publish(DeliveryAssigned, {
        ...deliveryAggregate,
        id: toEventId(8),
        occurredAt: at(22),
        payload: {
          ...deliveryFields,
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
        id: toEventId(9),
        occurredAt: at(23),
        payload: { notificationId: `msg_${n}.sms`, to: '+13125550199', body: 'x', audience: 'agent', deliveryId },
      }),
    () =>
      mesh.publish(MessageStatusChanged, {
        aggregateId: `msg_${n}.sms`,
        id: toEventId(10),
        occurredAt: at(24),
        payload: { notificationId: `msg_${n}.sms`, state: 'delivered' },
      }),
    () =>
      mesh.publish(InboxMessageAcknowledged, {
        aggregateId: agentId,
        id: toEventId(11),
        occurredAt: at(25),
        payload: { messageId: `msg_${n}`, agentId, deliveryId, lastChannel: 'sms', afterMs: n * 1000 },
      }),
    () =>
      mesh.publish(DeliveryAcknowledged, {
        ...deliveryAggregate,
        id: toEventId(12),
        occurredAt: at(26),
        payload: { ...deliveryFields, agentId },
      }),
    () =>
      mesh.publish(WebhookSettled, {
        aggregateId: `whk_${n}`,
        id: toEventId(13),
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

function createAgentEvent(agentId: string, name: string): Publish {
  const profile = { agentId, name, phone: '+13125550199', position: [-87, 41] as [number, number], skills: [] };
  const payload = { ...profile, shift: window, capacity: { count: 3 }, experience: 0.5 };
  return () => mesh.publish(AgentCreated, { aggregateId: agentId, id: `e-${agentId}`, occurredAt: at(0), payload });
}

const publishOptOut: Publish = () =>
  mesh.publish(CustomerOptedOut, {
    aggregateId: 'cus_9',
    id: 'e-opt-out',
    occurredAt: at(30),
    payload: { customerId: 'cus_9', phone: '+13125550123' },
  });

const getSummary = (span: { from?: string; to?: string } = {}): Promise<Summary> => mesh.call(GetSummaryRpc, span);
const getTimeline = (deliveryId: string): Promise<Timeline> => mesh.call(GetTimelineRpc, { deliveryId });

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
    mesh = await MeshDouble.open(nats.url, 'gateway');
  });

  afterAll(async () => {
    await mesh?.close();
    await app?.close();
  });

  it('computes the same figures from events that arrive in reverse order and twice', async () => {
    const published = [
      ...[1, 2, 3].flatMap((n) => createDeliveryEvents(n, 'answered')),
      ...createDeliveryEvents(4, 'no_answer'),
      publishOptOut,
    ];
    const arrivals = [...published, createAgentEvent('agt_ana', 'Ana'), createAgentEvent('agt_ben', 'Ben')].reverse();
    for (const publish of [...arrivals, ...published.slice(0, 20)]) await publish();
    const figures = await waitUntil(
      async () => {
        const current = await getSummary();
        // Serialized, because the reply is an instance of a contract class and the expected value is a plain object.
        return isDeepStrictEqual(JSON.parse(JSON.stringify(current)), EXPECTED) ? current : undefined;
      },
      { what: 'the figures' },
    ).catch(() => getSummary());
    expect(figures).toEqual(EXPECTED);
  });

  it('counts by event time, in half-open spans', async () => {
    const untilFirstEvent = { to: at(1).toISOString() };
    expect((await getSummary(untilFirstEvent)).funnel.created).toBe(0);
    const firstSecond = { from: at(1).toISOString(), to: at(2).toISOString() };
    expect((await getSummary(firstSecond)).funnel).toEqual(EXPECTED.funnel);
    expect((await getSummary(firstSecond)).callOutcomes).toEqual([]);
    expect(await getSummary({ from: at(31).toISOString() })).toEqual({
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
    const { entries } = await getTimeline('dlv_1');
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
      'Ana acknowledged the instructions',
      'The partner was notified: delivery.assigned, 1 try',
    ]);
    expect(entries[0]).toMatchObject({ at: at(1).toISOString(), event: 'routing.delivery.created' });
  });

  it('counts the deliveries that each agent was assigned, acknowledged and delivered, by event time', async () => {
    const payload = { deliveryId: 'dlv_1', reference: 'REF-1', agentId: 'agt_ana' };
    await mesh.publish(DeliveryDelivered, {
      aggregateId: 'dlv_1',
      id: 'e-delivered',
      occurredAt: at(40),
      payload,
    });
    const span = { from: at(0).toISOString(), to: at(59).toISOString() };
    await waitUntil(async () => (await mesh.call(GetAgentFiguresRpc, span)).items[0]?.delivered === 1, {
      what: 'the delivered event',
    });
    const ana = { agentId: 'agt_ana', name: 'Ana', assigned: 3, acknowledged: 3, delivered: 1 };
    expect(await mesh.call(GetAgentFiguresRpc, span)).toEqual({
      ...span,
      items: [{ ...ana, medianAcknowledgeMs: 2000, acknowledgedMessages: 3 }],
    });
    const spanBeforeAssignments = { from: at(0).toISOString(), to: at(22).toISOString() };
    expect((await mesh.call(GetAgentFiguresRpc, spanBeforeAssignments)).items).toEqual([]);
    const requestOfTooLongSpan = mesh.call(GetAgentFiguresRpc, { from: '2020-01-01T00:00:00Z', to: span.to });
    await expect(requestOfTooLongSpan).rejects.toMatchObject({ code: 'span_too_long' });
  });

  it('counts call outcomes by hour and day of a time zone, with the contact rate', async () => {
    const span = { from: at(0).toISOString(), to: at(59).toISOString() };
    const counts = {
      ended: 4,
      outcomes: [
        { outcome: 'answered', count: 3 },
        { outcome: 'no_answer', count: 1 },
      ],
      rung: 4,
      reached: 3,
      contactRate: 0.75,
    };
    const zone = 'America/Chicago';
    expect(await mesh.call(GetCallFiguresRpc, { ...span, by: 'day', zone })).toEqual({
      ...span,
      by: 'day',
      zone,
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

  it('counts the topics of the instructions extracted from recordings', async () => {
    const span = { from: at(0).toISOString(), to: at(59).toISOString() };
    const zone = 'America/Chicago';
    const insights = await mesh.call(GetInsightsRpc, { ...span, zone });
    expect(insights).toEqual({
      ...span,
      zone,
      understood: 3,
      topics: [{ topic: 'safe_place', count: 3 }],
      hindrances: [],
      moods: [{ start: '2026-03-02T06:00:00.000Z', positive: 0, negative: 0, neither: 3 }],
    });
    const insightsOfDelivery = await mesh.call(GetInsightsRpc, { ...span, deliveryId: 'dlv_1' });
    expect(insightsOfDelivery).toMatchObject({ understood: 1, topics: [{ topic: 'safe_place', count: 1 }] });
  });

  it('does not show data of another organization', async () => {
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
    const before = [await getSummary(), await getTimeline('dlv_1'), await getTimeline('dlv_4')];
    const rebuild = app.get(RebuildProjections);
    expect(await rebuild.execute(noHistory())).toBe(0);
    expect((await getSummary()).funnel.created).toBe(0);
    // Three answered calls with 13 events each, one unanswered call with 4, two agents, the opt-out and the delivery.
    expect(await rebuild.execute(readHistory(app.get(NatsLink), TEST_SEALER))).toBe(3 * 13 + 4 + 3 + 1);
    expect([await getSummary(), await getTimeline('dlv_1'), await getTimeline('dlv_4')]).toEqual(before);
  });
});

async function* noHistory(): AsyncGenerator<EventEnvelope> {
  // Yields nothing, so that a rebuild only deletes.
}
