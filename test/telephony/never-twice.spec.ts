import { waitUntil } from '#deploy/local/process/wait-until.js';
import { CallAnswered, CallCompleted, CallPlaced, RecordingStored } from '#libs/contracts/index.js';
import { TelephonyWorld } from './telephony-world.js';

describe('whatever fails, nobody is rung twice for one attempt', () => {
  let world: TelephonyWorld;

  beforeAll(async () => {
    world = await TelephonyWorld.start();
  }, 120_000);

  afterAll(async () => {
    await world?.close();
  });

  beforeEach(() => world.faults({}));

  const stateOf = async (attemptId: string): Promise<unknown> => {
    const row = await world.database.collection('callLogs').findOne({ _id: attemptId as never });
    return (row?.['call'] as { state: string } | undefined)?.state;
  };

  const whenDialing = (attemptId: string): Promise<unknown> =>
    waitUntil(async () => (await stateOf(attemptId)) === 'dialing', {
      what: 'the intent to be written',
      deadlineMs: 10_000,
      everyMs: 5,
    });

  it('doubled and reordered callbacks change nothing and are told once', async () => {
    await world.faults({ duplicateCallbacks: 1, reorderCallbacks: 0.5 });
    const phone = await world.customer('will_be_home');
    const { attemptId } = await world.requestCall(phone);
    const { payload } = await world.peer.hear(CallCompleted, { attemptId });
    expect(payload).toMatchObject({ outcome: 'answered', conversationFinished: true });
    await world.peer.hear(RecordingStored, { attemptId });
    for (const contract of [CallPlaced, CallAnswered, CallCompleted, RecordingStored]) {
      expect(world.peer.told(contract, { attemptId })).toHaveLength(1);
    }
  });

  it.each([
    ['is never answered and takes effect', { createTimeout: 1, listingLagMs: 1_000 }],
    ['takes effect and is answered with 500', { createErrorAfterEffect: 1 }],
  ])('a create request that %s is adopted', async (_what, faults) => {
    await world.faults(faults);
    const phone = await world.customer('will_be_home');
    const { attemptId } = await world.requestCall(phone);
    const { payload } = await world.peer.hear(CallCompleted, { attemptId }, 25_000);
    expect(payload.outcome).toBe('answered');
    expect(await world.ringsTo(phone)).toHaveLength(1);
  });

  it('a process killed while the carrier creates the call does not dial again', async () => {
    await world.faults({ createTimeout: 1 });
    const phone = await world.customer('will_be_home');
    const { attemptId } = await world.requestCall(phone);
    await whenDialing(attemptId);
    await world.telephony.kill9();
    await world.telephony.start();

    const { payload } = await world.peer.hear(CallCompleted, { attemptId }, 30_000);
    // The process died before, while or after its request was sent: the carrier's ledger knows which.
    const rings = await world.ringsTo(phone);
    expect(rings.length).toBeLessThanOrEqual(1);
    expect(rings.length === 0).toBe(payload.outcome === 'not_placed');
    expect(world.peer.told(CallPlaced, { attemptId })).toHaveLength(rings.length);
  }, 60_000);

  it('a process killed in the middle of a conversation finds out how the call ended', async () => {
    const phone = await world.customer('silent');
    const { attemptId } = await world.requestCall(phone);
    await world.peer.hear(CallAnswered, { attemptId });
    await world.telephony.kill9();
    await world.telephony.start();

    const { payload } = await world.peer.hear(CallCompleted, { attemptId }, 30_000);
    expect(payload.conversationFinished || payload.outcome === 'dropped').toBe(true);
    expect(await world.ringsTo(phone)).toHaveLength(1);
    expect(world.peer.told(CallCompleted, { attemptId })).toHaveLength(1);
  }, 60_000);

  it('a carrier that refuses for a while is asked again until it takes the call', async () => {
    await world.faults({ tooManyRequests: 1 });
    const phone = await world.customer('will_be_home');
    const { attemptId } = await world.requestCall(phone);
    await waitUntil(
      async () => {
        const row = await world.database.collection('callLogs').findOne({ _id: attemptId as never });
        return Number(row?.['fruitlessTries']) > 0;
      },
      { what: 'the first refusal', deadlineMs: 10_000 },
    );
    await world.faults({});
    const { payload } = await world.peer.hear(CallCompleted, { attemptId }, 25_000);
    expect(payload.outcome).toBe('answered');
    expect(await world.ringsTo(phone)).toHaveLength(1);
  }, 40_000);
});
