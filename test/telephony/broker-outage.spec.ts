import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CallAnswered,
  CallCompleted,
  CallPlaced,
  CallTurnTaken,
  RecordingStored,
  type CallRequestedPayload,
} from '#libs/contracts/index.js';
import type { TestServer } from '#libs/testing/servers/index.js';
import { TelephonyFixture, type Readiness } from './telephony-fixture.js';

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 30_000;

interface Outage {
  readonly kind: string;
  readonly persona: string;
  readonly begin: (server: TestServer) => Promise<void>;
  readonly end: (server: TestServer) => Promise<void>;
}

const OUTAGES: readonly Outage[] = [
  { kind: 'killed', persona: 'speaks_neighbour', begin: (one) => one.kill9(), end: (one) => one.restart() },
  // Connections stay open and new ones are accepted, but the server does not reply.
  { kind: 'frozen', persona: 'presses_keys', begin: (one) => one.pause(), end: (one) => one.resume() },
];

describe('telephony during an outage of NATS and Redis', () => {
  let fixture: TelephonyFixture;

  beforeAll(async () => {
    fixture = await TelephonyFixture.start();
  });

  afterAll(() => fixture?.close());

  const forBoth = (act: (server: TestServer) => Promise<void>): Promise<unknown> =>
    Promise.all([act(fixture.nats), act(fixture.redis)]);

  /**
   * Requests an attempt that is accepted but not dialed: the carrier rejected it once, and it is retried in an hour.
   */
  async function requestHeldCall(persona: string): Promise<CallRequestedPayload> {
    const phone = await fixture.newCustomer(persona);
    await fixture.faults({ tooManyRequests: 1 });
    const request = await fixture.requestCall(phone, { alternativeWindows: [] });
    const dialing = toDialWorkFilter(request);
    const isPostponed = await waitUntil(
      async () => {
        const later = { $set: { dueAt: new Date(Date.now() + HOUR_MS) } };
        return (await getWork().updateOne({ ...dialing, dueAt: { $gt: new Date() } }, later)).matchedCount === 1;
      },
      { what: 'the carrier to reject the call once', deadlineMs: DEADLINE_MS, everyMs: 5 },
    );
    expect(isPostponed).toBe(true);
    await fixture.faults({});
    return request;
  }

  const getWork = () => fixture.database.collection('work');
  const toDialWorkFilter = ({ attemptId }: CallRequestedPayload) => ({
    kind: 'dial-customer',
    state: 'waiting',
    'payload.attemptId': attemptId,
  });
  const release = ({ attemptId }: CallRequestedPayload): Promise<unknown> =>
    getWork().updateOne(toDialWorkFilter({ attemptId } as CallRequestedPayload), { $set: { dueAt: new Date() } });

  const isEndedAndStored = async ({ attemptId }: CallRequestedPayload): Promise<boolean> => {
    const callLog = await fixture.database.collection('callLogs').findOne({ _id: attemptId as never });
    const recording = await fixture.database.collection('recordings').findOne({ attemptId });
    return Boolean(callLog?.['closedAt']) && ['stored', 'deleted_at_carrier'].includes(String(recording?.['state']));
  };

  /** Waits until `holds` returns true. The app must be ready at every check until then. */
  async function waitForReadiness(what: string, holds: (readiness: Readiness) => boolean): Promise<Readiness> {
    const statuses = new Set<number>();
    const found = await waitUntil(
      async () => {
        const readiness = await fixture.readiness();
        statuses.add(readiness.httpStatus);
        return holds(readiness) ? readiness : undefined;
      },
      { what, deadlineMs: DEADLINE_MS },
    );
    expect([...statuses]).toEqual([200]);
    return found;
  }
  const isDegraded = ({ status, details }: Readiness): boolean =>
    status === 'degraded' && details['nats']?.status === 'degraded' && details['redis']?.status === 'degraded';

  async function expectAllEvents({ attemptId, phone }: CallRequestedPayload): Promise<void> {
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId }, DEADLINE_MS);
    expect(payload).toMatchObject({
      outcome: 'answered',
      conversationFinished: true,
      instructions: { present: { value: false }, safePlace: { value: 'neighbour' } },
    });
    await fixture.peer.waitForEvent(RecordingStored, { attemptId }, DEADLINE_MS);
    const sequences = fixture.peer.listEvents(attemptId).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    for (const contract of [CallPlaced, CallAnswered, CallCompleted, RecordingStored]) {
      expect(fixture.peer.findEvents(contract, { attemptId })).toHaveLength(1);
    }
    expect(fixture.peer.findEvents(CallTurnTaken, { attemptId }).length).toBeGreaterThan(1);
    expect(await fixture.listRings(phone)).toHaveLength(1);
  }

  it.each(OUTAGES)(
    'completes a call from dialing to its stored recording while NATS and Redis are $kind, and publishes its events afterwards',
    async ({ persona, begin, end }) => {
      const call = await requestHeldCall(persona);
      const began = Date.now();
      await forBoth(begin);
      try {
        await release(call);
        const { details } = await waitForReadiness('the probe to report what is unavailable', isDegraded);
        expect(details['mongodb']?.status).toBe('up');
        expect(Date.parse(details['nats']?.since ?? '')).toBeGreaterThanOrEqual(began);
        await waitUntil(() => isEndedAndStored(call), { what: 'the call to end', deadlineMs: DEADLINE_MS });
        const [ring] = await fixture.listRings(call.phone);
        expect(ring).toMatchObject({ status: 'completed' });
        expect(await fixture.readMetric('delauto_dependency_up{dependency="nats"}')).toBe(0);
        expect(await fixture.readMetric('delauto_dependency_up{dependency="redis"}')).toBe(0);
        expect(await fixture.readMetric('delauto_dependency_up{dependency="mongodb"}')).toBe(1);
        expect(fixture.peer.listEvents(call.attemptId)).toEqual([]);
      } finally {
        await forBoth(end);
      }
      await expectAllEvents(call);
      await waitForReadiness('the probe to report all dependencies up', ({ status }) => status === 'ok');
    },
  );

  it('can be started, responds to the carrier, and reconnects when NATS and Redis are available again', async () => {
    const call = await requestHeldCall('speaks_neighbour');
    await forBoth((one) => one.kill9());
    try {
      await fixture.telephony.kill9();
      await fixture.telephony.start();
      expect(isDegraded(await fixture.readiness())).toBe(true);
      await release(call);
      await waitUntil(() => isEndedAndStored(call), { what: 'the call to end', deadlineMs: DEADLINE_MS });
    } finally {
      await forBoth((one) => one.restart());
    }
    await expectAllEvents(call);
    const next = await fixture.requestCall(await fixture.newCustomer('will_be_home'));
    await fixture.peer.waitForEvent(CallCompleted, { attemptId: next.attemptId }, DEADLINE_MS);
  });
});
