import { CallCompleted } from '#libs/contracts/index.js';
import { TelephonyWorld, type Ring } from './telephony-world.js';

const CALLS = 6;
const PER_SECOND = 2;
const AT_ONCE = 2;

describe('the pace at which the carrier is asked for calls', () => {
  let world: TelephonyWorld;

  beforeAll(async () => {
    world = await TelephonyWorld.start({
      CARRIER_CALLS_PER_SECOND: String(PER_SECOND),
      CARRIER_CONCURRENT_CALLS: String(AT_ONCE),
    });
  }, 120_000);
  afterAll(() => world?.close());

  it('is that of the account, and no more calls are under way than there may be', async () => {
    const phones: string[] = [];
    for (let call = 0; call < CALLS; call += 1) phones.push(await world.customer('in_a_hurry'));
    const requests = await Promise.all(phones.map((phone) => world.requestCall(phone)));
    for (const { attemptId } of requests) await world.peer.hear(CallCompleted, { attemptId }, 60_000);

    const rings = (await Promise.all(phones.map((phone) => world.ringsTo(phone)))).flat();
    expect(rings).toHaveLength(CALLS);
    const created = rings.map(({ createdAt }) => Date.parse(createdAt)).sort((a, b) => a - b);
    // A request's way to the carrier takes one time or another: it is the whole row that is told.
    const leastMs = ((CALLS - 1) * 1_000) / PER_SECOND - 300;
    expect((created.at(-1) ?? 0) - (created[0] ?? 0)).toBeGreaterThanOrEqual(leastMs);
    for (const ring of rings) expect(openWith(ring, rings)).toBeLessThanOrEqual(AT_ONCE);
  }, 90_000);
});

/** How many calls were under way when this one was created, itself included. */
function openWith(ring: Ring, rings: readonly Ring[]): number {
  const at = Date.parse(ring.createdAt);
  return rings.filter(
    ({ createdAt, endedAt }) => Date.parse(createdAt) <= at && (endedAt === null || Date.parse(endedAt) > at),
  ).length;
}
