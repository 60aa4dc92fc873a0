import fc from 'fast-check';
import { hashOf } from './rpc/command-store.js';
import { describeError } from './events/dead-letters.js';
import { Limiter } from './link/limiter.js';
import { RecentIds } from './outbox/recent-ids.js';
import { backOff, retryDelay } from './link/retry-policy.js';

describe('Limiter', () => {
  it('never runs more at once than it may, and runs everything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { maxLength: 40 }),
        async (most, failures) => {
          const limiter = new Limiter(most);
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
          expect(peak).toBe(Math.min(most, failures.length));
          expect(results.map(({ status }) => status === 'rejected')).toEqual(failures);
          expect(limiter.free).toBe(most);
        },
      ),
    );
  });
});

describe('RecentIds', () => {
  it('knows exactly the last ones added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.uniqueArray(fc.string(), { maxLength: 30 }), (most, ids) => {
        const recent = new RecentIds(most);
        for (const id of ids) recent.add(id);
        expect(ids.filter((id) => recent.has(id))).toEqual(ids.slice(-most));
      }),
    );
  });
});

describe('retryDelay', () => {
  it('follows the list and then gives up', () => {
    expect([1, 2, 3, 9].map((count) => retryDelay(count, [10, 20]))).toEqual([10, 20, null, null]);
  });
});

describe('backOff', () => {
  it('grows from tens of milliseconds and stays within three seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
        const pause = backOff(tries, () => random);
        expect(pause).toBeGreaterThanOrEqual(50);
        expect(pause).toBeLessThanOrEqual(3_000);
      }),
    );
  });
});

describe('hashOf', () => {
  it('does not depend on the order of keys, at any depth, and does on every value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), fc.string(), (object, key) => {
        const turned = JSON.parse(JSON.stringify({ outer: object }), (_, value: unknown) =>
          value !== null && typeof value === 'object' && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        ) as unknown;
        expect(hashOf(turned)).toBe(hashOf({ outer: object }));
        expect(hashOf({ outer: { ...object, [key]: 'another' } }) === hashOf({ outer: object })).toBe(
          object[key] === 'another',
        );
      }),
    );
  });
});

describe('describeError', () => {
  it('takes the stable code, else the class, of whatever was thrown', () => {
    expect(describeError(Object.assign(new Error('no'), { code: 'sold_out' }))).toMatchObject({
      code: 'sold_out',
      message: 'no',
    });
    expect(describeError(new RangeError('far'))).toMatchObject({ code: 'RangeError', message: 'far' });
    expect(describeError('just text')).toEqual({ code: 'not_an_error', message: 'just text', stackHead: '' });
  });
});
