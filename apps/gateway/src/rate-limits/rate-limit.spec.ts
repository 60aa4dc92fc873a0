import { GetDeliveryRpc } from '#libs/contracts/index.js';
import { createId } from '#libs/persistence/index.js';
import type { Identity } from '../principals/identity.js';
import { GatewayConfig } from '../config/gateway.config.js';
import { LocalRateLimiter } from './rate-limiter.js';
import {
  toRateLimitAddress,
  toRequestsPerCharge,
  toRateLimitHeaders,
  RateLimits,
  toRateLimitProblem,
} from './rate-limit.js';
import { makeDelivery, EdgeFixture } from '../testing/edge-fixture.js';

const PER_MINUTE = 5;

describe('rate limits', () => {
  let edge: EdgeFixture;

  beforeAll(async () => {
    const lowLimits = { RATE_LIMIT_PER_MINUTE: PER_MINUTE, RATE_LIMIT_ADDRESS_PER_MINUTE: 40 };
    // The limit permits the next request after 20 seconds, which is longer than any test takes.
    const lowAddressLimit = { RATE_LIMIT_ADDRESS_PER_MINUTE: 3, TRUSTED_PROXIES: '127.0.0.0/8' };
    edge = await EdgeFixture.start(lowLimits, lowLimits, lowAddressLimit);
  });
  afterAll(() => edge?.stop());

  const sendRequest = (
    key: string,
    gateway = 0,
    headers: Record<string, string> = {},
  ): ReturnType<EdgeFixture['call']> => edge.call('GET', '/v1/deliveries?limit=0', { key, headers }, gateway);
  const collectStatuses = async (count: number, key: string, gateway = 0): Promise<number[]> => {
    const statuses: number[] = [];
    for (let index = 0; index < count; index += 1)
      statuses.push((await sendRequest(key, (gateway + index) % 2)).status);
    return statuses;
  };

  it('count over all gateways by credential, and say when to retry', async () => {
    const { key } = await edge.createOrganization();
    const first = await sendRequest(key);
    expect(first.headers.get('ratelimit-policy')).toBe('"credential";q=5;w=60, "address";q=40;w=60');
    expect(first.headers.get('ratelimit')).toBe('"credential";r=4;t=12');
    expect(await collectStatuses(PER_MINUTE - 1, key)).toEqual([400, 400, 400, 400]);
    const refusal = await sendRequest(key, 1);
    expect(refusal.status).toBe(429);
    expect(JSON.parse(refusal.text)).toMatchObject({ type: 'urn:delauto:problem:rate_limited', status: 429 });
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Number(refusal.headers.get('retry-after'))).toBeLessThanOrEqual(12);
    expect(refusal.headers.get('ratelimit')).toMatch(/^"credential";r=0;t=\d+$/);
    // Another credential is not affected.
    expect((await sendRequest((await edge.createOrganization()).key)).status).toBe(400);
  });

  it('also count cached reads', async () => {
    const deliveryId = createId('dlv');
    edge.mesh.serve(GetDeliveryRpc, () => makeDelivery(deliveryId, 'A-1'));
    const { key } = await edge.createOrganization();
    const reads: Awaited<ReturnType<typeof sendRequest>>[] = [];
    for (let index = 0; index <= PER_MINUTE; index += 1) {
      reads.push(await edge.call('GET', `/v1/deliveries/${deliveryId}`, { key }));
    }
    expect(reads.map(({ status }) => status)).toEqual([...Array<number>(PER_MINUTE).fill(200), 429]);
    expect(reads[PER_MINUTE - 1]?.headers.get('cache-status')).toBe('delauto; hit');
    expect(reads.map(({ headers }) => headers.get('ratelimit')?.split(';')[1])).toEqual(
      [4, 3, 2, 1, 0, 0].map((remaining) => `r=${remaining}`),
    );
  });

  it('count by the IP address of the connection, unless a trusted proxy names another', async () => {
    const forged = (index: number): Record<string, string> => ({ 'x-forwarded-for': `192.0.2.${index}` });
    const collectForgedStatuses = async (gateway: number): Promise<number[]> => {
      const statuses: number[] = [];
      for (let index = 0; index < 45; index += 1)
        statuses.push((await sendRequest('nonsense', gateway, forged(index))).status);
      return statuses;
    };
    expect(new Set(await collectForgedStatuses(2))).toEqual(new Set([401]));
    // All requests came from the same IP address.
    expect(await collectForgedStatuses(0)).toContain(429);
  });

  it('are counted by each gateway while Redis is unavailable', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.7' };
    await edge.redis.kill9();
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await sendRequest('nonsense', 2, headers)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    await edge.redis.restart();
  });
});

describe('the limits of a request', () => {
  const limits = new RateLimits(new GatewayConfig());
  const agent = { role: 'agent', organizationId: 'org_1', agentId: 'agt_1' } as Identity;

  it('are those of its credential and IP address, or for public operations a stricter one of its IP address', () => {
    expect(limits.selectLimits('192.0.2.1', agent, false).map(({ key }) => key)).toEqual([
      'edge:limit:c:org_1/agt_1',
      'edge:limit:a:192.0.2.1',
    ]);
    const [signIn] = limits.selectLimits('192.0.2.1', null, true);
    const [anonymous] = limits.selectLimits('192.0.2.1', null, false);
    expect(signIn?.policy.perMinute).toBeLessThan(anonymous?.policy.perMinute ?? 0);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('count IP address %s as %s', (ipAddress, limitedAddress) =>
    expect(toRateLimitAddress(ipAddress)).toBe(limitedAddress),
  );
});

describe('LocalRateLimiter', () => {
  const policy = { name: 'credential', perMinute: 60 };
  const limits = [{ key: 'a', policy }];

  it('permits a burst of a minute’s quota, and then one request per second', () => {
    const limiter = new LocalRateLimiter();
    const isRefused = (now: number): boolean => limiter.charge(limits, now)[0]?.isRefused ?? true;
    const now = 1_000_000;
    for (let index = 0; index < 60; index += 1) expect(isRefused(now)).toBe(false);
    const verdicts = limiter.charge(limits, now);
    expect(verdicts).toEqual([{ policy, isRefused: true, usedMs: 61_000 }]);
    expect(toRateLimitProblem(verdicts)?.extras.retryAfterSeconds).toBe(1);
    expect(isRefused(now + 999)).toBe(true);
    expect(isRefused(now + 1_000)).toBe(false);
    expect(isRefused(now + 1_001)).toBe(true);
  });

  it('evicts the oldest entry when full', () => {
    const limiter = new LocalRateLimiter(2);
    const isRefused = (key: string): boolean =>
      limiter.charge([{ key, policy: { name: 'x', perMinute: 1 } }], 0)[0]?.isRefused ?? true;
    for (const key of ['a', 'b', 'c']) expect(isRefused(key)).toBe(false);
    expect(isRefused('c')).toBe(true);
    expect(isRefused('a')).toBe(false);
  });

  it('reports the limit with the least remaining quota', () => {
    const address = { name: 'address', perMinute: 10 };
    const verdicts = [
      { policy, isRefused: false, usedMs: 3_000 },
      { policy: address, isRefused: false, usedMs: 30_000 },
    ];
    expect(toRateLimitHeaders(verdicts)).toEqual({
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
