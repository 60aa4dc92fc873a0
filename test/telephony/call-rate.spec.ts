import { CallCompleted } from '#libs/contracts/index.js';
import { TelephonyFixture, type Ring } from './telephony-fixture.js';

const CALLS = 6;
const PER_SECOND = 2;
const MAX_CONCURRENT = 2;

describe('the rate of create requests to the carrier', () => {
  let fixture: TelephonyFixture;

  beforeAll(async () => {
    fixture = await TelephonyFixture.start({
      CARRIER_CALLS_PER_SECOND: String(PER_SECOND),
      CARRIER_CONCURRENT_CALLS: String(MAX_CONCURRENT),
    });
  });
  afterAll(() => fixture?.close());

  it('respects the account’s calls per second and concurrent calls', async () => {
    const phones: string[] = [];
    for (let call = 0; call < CALLS; call += 1) phones.push(await fixture.newCustomer('in_a_hurry'));
    const requests = await Promise.all(phones.map((phone) => fixture.requestCall(phone)));
    for (const { attemptId } of requests) await fixture.peer.waitForEvent(CallCompleted, { attemptId }, 60_000);

    const rings = (await Promise.all(phones.map((phone) => fixture.listRings(phone)))).flat();
    expect(rings).toHaveLength(CALLS);
    const created = rings.map(({ createdAt }) => Date.parse(createdAt)).sort((a, b) => a - b);
    // The duration of a request varies, so that only the total duration is checked.
    const minDurationMs = ((CALLS - 1) * 1_000) / PER_SECOND - 300;
    expect((created.at(-1) ?? 0) - (created[0] ?? 0)).toBeGreaterThanOrEqual(minDurationMs);
    for (const ring of rings) expect(countOpenCalls(ring, rings)).toBeLessThanOrEqual(MAX_CONCURRENT);
  });
});

/** The number of calls in progress when this one was created, including itself. */
function countOpenCalls(ring: Ring, rings: readonly Ring[]): number {
  const at = Date.parse(ring.createdAt);
  return rings.filter(
    ({ createdAt, endedAt }) => Date.parse(createdAt) <= at && (endedAt === null || Date.parse(endedAt) > at),
  ).length;
}
