import { LiveRedis } from './live-redis.js';

/** No server listens on this port. */
const UNAVAILABLE_URL = 'redis://127.0.0.1:1';

describe('LiveRedis', () => {
  it('drops a subscription that Redis has not confirmed when the gateway closes', async () => {
    const redis = new LiveRedis(UNAVAILABLE_URL);
    const subscription = redis.duplicate().subscribe('delauto.live');
    redis.disconnectAll();
    await expect(subscription).resolves.toBe(0);
  });
});
