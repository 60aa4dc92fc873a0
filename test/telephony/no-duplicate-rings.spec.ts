import { waitUntil } from '#deploy/local/process/wait-until.js';
import { CallAnswered, CallCompleted, CallPlaced, RecordingStored } from '#libs/contracts/index.js';
import { TelephonyFixture } from './telephony-fixture.js';

describe('no customer is rung twice for one attempt, whatever fails:', () => {
  let fixture: TelephonyFixture;

  beforeAll(async () => {
    fixture = await TelephonyFixture.start();
  });

  afterAll(async () => {
    await fixture?.close();
  });

  beforeEach(() => fixture.faults({}));

  const readState = async (attemptId: string): Promise<unknown> => {
    const row = await fixture.database.collection('callLogs').findOne({ _id: attemptId as never });
    return (row?.['call'] as { state: string } | undefined)?.state;
  };

  const waitUntilDialing = (attemptId: string): Promise<unknown> =>
    waitUntil(async () => (await readState(attemptId)) === 'dialing', {
      what: 'the intent to be stored',
      everyMs: 5,
    });

  it('duplicated and reordered callbacks have one effect', async () => {
    await fixture.faults({ duplicateCallbacks: 1, reorderCallbacks: 0.5 });
    const phone = await fixture.newCustomer('will_be_home');
    const { attemptId } = await fixture.requestCall(phone);
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId });
    expect(payload).toMatchObject({ outcome: 'answered', conversationFinished: true });
    await fixture.peer.waitForEvent(RecordingStored, { attemptId });
    for (const contract of [CallPlaced, CallAnswered, CallCompleted, RecordingStored]) {
      expect(fixture.peer.findEvents(contract, { attemptId })).toHaveLength(1);
    }
  });

  it.each([
    ['times out after taking effect', { createTimeout: 1, listingLagMs: 1_000 }],
    ['takes effect but gets a 500', { createErrorAfterEffect: 1 }],
  ])('the call of a create request that %s is found and continued', async (_what, faults) => {
    await fixture.faults(faults);
    const phone = await fixture.newCustomer('will_be_home');
    const { attemptId } = await fixture.requestCall(phone);
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId }, 25_000);
    expect(payload.outcome).toBe('answered');
    expect(await fixture.listRings(phone)).toHaveLength(1);
  });

  it('a process killed while the carrier creates the call does not dial again', async () => {
    await fixture.faults({ createTimeout: 1 });
    const phone = await fixture.newCustomer('will_be_home');
    const { attemptId } = await fixture.requestCall(phone);
    await waitUntilDialing(attemptId);
    await fixture.telephony.kill9();
    await fixture.telephony.start();

    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId }, 30_000);
    // The process was killed before, while or after it sent its request; the carrier's ledger shows which.
    const rings = await fixture.listRings(phone);
    expect(rings.length).toBeLessThanOrEqual(1);
    expect(rings.length === 0).toBe(payload.outcome === 'not_placed');
    expect(fixture.peer.findEvents(CallPlaced, { attemptId })).toHaveLength(rings.length);
  });

  it('a process killed during a conversation determines the outcome of the call', async () => {
    const phone = await fixture.newCustomer('silent');
    const { attemptId } = await fixture.requestCall(phone);
    await fixture.peer.waitForEvent(CallAnswered, { attemptId });
    await fixture.telephony.kill9();
    await fixture.telephony.start();

    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId }, 30_000);
    expect(payload.conversationFinished || payload.outcome === 'dropped').toBe(true);
    expect(await fixture.listRings(phone)).toHaveLength(1);
    expect(fixture.peer.findEvents(CallCompleted, { attemptId })).toHaveLength(1);
  });

  it('a carrier that rejects requests for a while gets retries until it accepts the call', async () => {
    await fixture.faults({ tooManyRequests: 1 });
    const phone = await fixture.newCustomer('will_be_home');
    const { attemptId } = await fixture.requestCall(phone);
    await waitUntil(
      async () => {
        const row = await fixture.database.collection('callLogs').findOne({ _id: attemptId as never });
        return Number(row?.['fruitlessTries']) > 0;
      },
      { what: 'the first rejection' },
    );
    await fixture.faults({});
    const { payload } = await fixture.peer.waitForEvent(CallCompleted, { attemptId }, 25_000);
    expect(payload.outcome).toBe('answered');
    expect(await fixture.listRings(phone)).toHaveLength(1);
  });
});
