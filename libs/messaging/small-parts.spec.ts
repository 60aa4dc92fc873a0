import fc from 'fast-check';
import { hashRequest } from './rpc/command-store.js';
import { describeError } from './events/dead-letters.js';
import { Limiter } from './link/limiter.js';
import { RecentIds } from './outbox/recent-ids.js';
import { backOff, getRetryDelayMs } from './link/retry-policy.js';

describe('Limiter', () => {
  it('runs every task, and never more than the maximum at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { maxLength: 40 }),
        async (max, failures) => {
          const limiter = new Limiter(max);
          let active = 0;
          let peak = 0;
          const work = failures.map((fails) =>
            limiter.run(async () => {
              active += 1;
              peak = Math.max(peak, active);
              await Promise.resolve();
              active -= 1;
              if (fails) throw new Error('as planned');
            }),
          );
          const results = await Promise.allSettled(work);
          await limiter.idle();
          expect(peak).toBe(Math.min(max, failures.length));
          expect(results.map(({ status }) => status === 'rejected')).toEqual(failures);
          expect(limiter.freeSlots).toBe(max);
        },
      ),
    );
  });
});

describe('RecentIds', () => {
  it('contains exactly the ids added last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.uniqueArray(fc.string(), { maxLength: 30 }), (max, ids) => {
        const recent = new RecentIds(max);
        for (const id of ids) recent.add(id);
        expect(ids.filter((id) => recent.has(id))).toEqual(ids.slice(-max));
      }),
    );
  });
});

describe('getRetryDelayMs', () => {
  it('returns the delays in order and then null', () => {
    expect([1, 2, 3, 9].map((count) => getRetryDelayMs(count, [10, 20]))).toEqual([10, 20, null, null]);
  });
});

describe('backOff', () => {
  it('is between 50 ms and 3 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const delayMs = backOff(failures, () => random);
        expect(delayMs).toBeGreaterThanOrEqual(50);
        expect(delayMs).toBeLessThanOrEqual(3_000);
      }),
    );
  });
});

describe('hashRequest', () => {
  it('depends on every value and not on the order of keys, at any depth', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), fc.string(), (object, key) => {
        const reversed = JSON.parse(JSON.stringify({ outer: object }), (_, value: unknown) =>
          value !== null && typeof value === 'object' && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        ) as unknown;
        expect(hashRequest(reversed)).toBe(hashRequest({ outer: object }));
        expect(hashRequest({ outer: { ...object, [key]: 'another' } }) === hashRequest({ outer: object })).toBe(
          object[key] === 'another',
        );
      }),
    );
  });
});

describe('describeError', () => {
  it('returns the stable code, else the class name, of any thrown value', () => {
    expect(describeError(Object.assign(new Error('no'), { code: 'sold_out' }))).toMatchObject({
      code: 'sold_out',
      message: 'no',
    });
    expect(describeError(new RangeError('far'))).toMatchObject({ code: 'RangeError', message: 'far' });
    expect(describeError('just text')).toEqual({ code: 'not_an_error', message: 'just text', stackHead: '' });
  });
});
