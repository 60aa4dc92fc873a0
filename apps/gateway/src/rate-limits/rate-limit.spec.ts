import { GetDeliveryRpc } from '#libs/contracts/index.js';
import { newId } from '#libs/persistence/index.js';
import type { Identity } from '../principals/identity.js';
import { GatewayConfig } from '../config/gateway.config.js';
import { LocalRateLimiter } from './rate-limiter.js';
import {
  toRateLimitAddress,
  toRequestsPerCharge,
  rateLimitHeaders,
  RateLimits,
  toRateLimitProblem,
} from './rate-limit.js';
import { makeDelivery, EdgeFixture } from '../testing/edge-fixture.js';

const PER_MINUTE = 5;

describe('rate limits', () => {
  let edge: EdgeFixture;

  beforeAll(async () => {
    const few = { RATE_LIMIT_PER_MINUTE: PER_MINUTE, RATE_LIMIT_ADDRESS_PER_MINUTE: 40 };
    // Quota becomes free after 20 seconds at the earliest, which is longer than any test takes.
    const smallLimits = { RATE_LIMIT_ADDRESS_PER_MINUTE: 3, TRUSTED_PROXIES: '127.0.0.0/8' };
    edge = await EdgeFixture.start(few, few, smallLimits);
  });
  afterAll(() => edge?.stop());

  const ask = (key: string, gateway = 0, headers: Record<string, string> = {}): ReturnType<EdgeFixture['call']> =>
    edge.call('GET', '/v1/deliveries?limit=0', { key, headers }, gateway);
  const statuses = async (count: number, key: string, gateway = 0): Promise<number[]> => {
    const all: number[] = [];
    for (let index = 0; index < count; index += 1) all.push((await ask(key, (gateway + index) % 2)).status);
    return all;
  };

  it('count over all gateways by credential, and say when to retry', async () => {
    const { key } = await edge.organization();
    const first = await ask(key);
    expect(first.headers.get('ratelimit-policy')).toBe('"credential";q=5;w=60, "address";q=40;w=60');
    expect(first.headers.get('ratelimit')).toBe('"credential";r=4;t=12');
    expect(await statuses(PER_MINUTE - 1, key)).toEqual([400, 400, 400, 400]);
    const refused = await ask(key, 1);
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.text)).toMatchObject({ type: 'urn:delauto:problem:rate_limited', status: 429 });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(12);
    expect(refused.headers.get('ratelimit')).toMatch(/^"credential";r=0;t=\d+$/);
    // Another credential is not affected.
    expect((await ask((await edge.organization()).key)).status).toBe(400);
  });

  it('also count cached reads', async () => {
    const deliveryId = newId('dlv');
    edge.mesh.serve(GetDeliveryRpc, () => makeDelivery(deliveryId, 'A-1'));
    const { key } = await edge.organization();
    const reads: Awaited<ReturnType<typeof ask>>[] = [];
    for (let index = 0; index <= PER_MINUTE; index += 1) {
      reads.push(await edge.call('GET', `/v1/deliveries/${deliveryId}`, { key }));
    }
    expect(reads.map(({ status }) => status)).toEqual([...Array<number>(PER_MINUTE).fill(200), 429]);
    expect(reads[PER_MINUTE - 1]?.headers.get('cache-status')).toBe('delauto; hit');
    expect(reads.map(({ headers }) => headers.get('ratelimit')?.split(';')[1])).toEqual(
      [4, 3, 2, 1, 0, 0].map((left) => `r=${left}`),
    );
  });

  it('count by the address of the connection, unless a trusted proxy names another', async () => {
    const forged = (index: number): Record<string, string> => ({ 'x-forwarded-for': `192.0.2.${index}` });
    const of = async (gateway: number): Promise<number[]> => {
      const all: number[] = [];
      for (let index = 0; index < 45; index += 1) all.push((await ask('nonsense', gateway, forged(index))).status);
      return all;
    };
    expect(new Set(await of(2))).toEqual(new Set([401]));
    // All requests came from the same address.
    expect(await of(0)).toContain(429);
  });

  it('are counted by each gateway while Redis is unavailable', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.7' };
    await edge.redis.kill9();
    const all: number[] = [];
    for (let index = 0; index < 4; index += 1) all.push((await ask('nonsense', 2, headers)).status);
    expect(all).toEqual([401, 401, 401, 429]);
    await edge.redis.restart();
  });
});

describe('the limits of a request', () => {
  const limits = new RateLimits(new GatewayConfig());
  const agent = { role: 'agent', organizationId: 'org_1', agentId: 'agt_1' } as Identity;

  it('are those of its credential and address, or for public operations a stricter one of its address', () => {
    expect(limits.limitsFor('192.0.2.1', agent, false).map(({ key }) => key)).toEqual([
      'edge:limit:c:org_1/agt_1',
      'edge:limit:a:192.0.2.1',
    ]);
    const [signIn] = limits.limitsFor('192.0.2.1', null, true);
    const [stranger] = limits.limitsFor('192.0.2.1', null, false);
    expect(signIn?.policy.perMinute).toBeLessThan(stranger?.policy.perMinute ?? 0);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('count address %s as %s', (ip, address) => expect(toRateLimitAddress(ip)).toBe(address));
});

describe('LocalRateLimiter', () => {
  const policy = { name: 'credential', perMinute: 60 };
  const limits = [{ key: 'a', policy }];

  it('permits a burst of a minute’s quota, and then one request per second', () => {
    const counts = new LocalRateLimiter();
    const refused = (now: number): boolean => counts.charge(limits, now)[0]?.refused ?? true;
    const now = 1_000_000;
    for (let index = 0; index < 60; index += 1) expect(refused(now)).toBe(false);
    const verdicts = counts.charge(limits, now);
    expect(verdicts).toEqual([{ policy, refused: true, usedMs: 61_000 }]);
    expect(toRateLimitProblem(verdicts)?.extras.retryAfterSeconds).toBe(1);
    expect(refused(now + 999)).toBe(true);
    expect(refused(now + 1_000)).toBe(false);
    expect(refused(now + 1_001)).toBe(true);
  });

  it('evicts the oldest entry when full', () => {
    const counts = new LocalRateLimiter(2);
    const refused = (key: string): boolean =>
      counts.charge([{ key, policy: { name: 'x', perMinute: 1 } }], 0)[0]?.refused ?? true;
    for (const key of ['a', 'b', 'c']) expect(refused(key)).toBe(false);
    expect(refused('c')).toBe(true);
    expect(refused('a')).toBe(false);
  });

  it('reports the limit with the least remaining quota', () => {
    const address = { name: 'address', perMinute: 10 };
    const verdicts = [
      { policy, refused: false, usedMs: 3_000 },
      { policy: address, refused: false, usedMs: 30_000 },
    ];
    expect(rateLimitHeaders(verdicts)).toEqual({
      'ratelimit-policy': '"credential";q=60;w=60, "address";q=10;w=60',
      ratelimit: '"address";r=5;t=30',
    });
  });

  it('charges small limits one by one, and large ones by a small share', () => {
    expect([5, 120, 600, 1_200, 6_000, 1e9].map((perMinute) => toRequestsPerCharge({ name: 'x', perMinute }))).toEqual([
      1, 1, 1, 2, 10, 10,
    ]);
  });
});
