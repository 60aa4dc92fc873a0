import fc from 'fast-check';
import { judgePostResult, parseRetryAfter, STANDARD_SCHEDULE, type PostResult } from './retry-schedule.js';

const now = new Date('2026-03-02T15:00:00Z');
const judge = (postResult: PostResult, tries = 1, random = 0.5) =>
  judgePostResult(postResult, tries, STANDARD_SCHEDULE, now, random);
const createResponse = (status: number, retryAfterSeconds?: number): PostResult => ({
  kind: 'responded',
  status,
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

describe('the standard retry schedule', () => {
  it('makes ten tries over slightly more than three days', () => {
    const hours = STANDARD_SCHEDULE.reduce((sum, seconds) => sum + seconds, 0) / 3600;
    expect(STANDARD_SCHEDULE.length + 1).toBe(10);
    expect(hours).toBeGreaterThanOrEqual(72);
    expect(hours).toBeLessThan(80);
  });
});

describe('judgePostResult', () => {
  it('treats every 2xx as delivered and 410 as gone, at any try', () => {
    for (const tries of [1, 5, 10]) {
      for (const status of [200, 201, 202, 204, 299])
        expect(judge(createResponse(status), tries).kind).toBe('delivered');
      expect(judge(createResponse(410), tries).kind).toBe('endpoint_gone');
    }
  });

  it('retries everything else, including redirects, and gives up after the tenth try', () => {
    const failures: PostResult[] = [
      ...[302, 308, 400, 401, 404, 429, 500, 503].map((status) => createResponse(status)),
      { kind: 'failed', reason: 'refused' },
    ];
    for (const failure of failures) {
      expect(judge(failure, 9).kind).toBe('retry');
      expect(judge(failure, 10).kind).toBe('exhausted');
    }
  });

  it('waits as scheduled ±20 %, and at least as long as Retry-After, up to a day', () => {
    const tries = fc.integer({ min: 1, max: STANDARD_SCHEDULE.length });
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const retryAfterSeconds = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined });
    fc.assert(
      fc.property(tries, random, retryAfterSeconds, (count, chance, retryAfter) => {
        const verdict = judge(createResponse(503, retryAfter), count, chance);
        if (verdict.kind !== 'retry') throw new Error(`Expected a retry, got ${verdict.kind}.`);
        const seconds = (verdict.at.getTime() - now.getTime()) / 1000;
        const scheduledSeconds = STANDARD_SCHEDULE[count - 1] ?? 0;
        const minSeconds = Math.min(retryAfter ?? 0, 86_400);
        expect(seconds).toBeGreaterThanOrEqual(Math.max(scheduledSeconds * 0.8, minSeconds) - 0.001);
        expect(seconds).toBeLessThanOrEqual(Math.max(scheduledSeconds * 1.2, minSeconds) + 0.001);
      }),
    );
  });
});

describe('parseRetryAfter', () => {
  it('parses seconds and dates, and rejects anything else', () => {
    expect(parseRetryAfter('120', now)).toBe(120);
    expect(parseRetryAfter('Mon, 02 Mar 2026 15:02:00 GMT', now)).toBe(120);
    expect(parseRetryAfter('Mon, 02 Mar 2026 14:00:00 GMT', now)).toBe(0);
    expect(parseRetryAfter('soon', now)).toBeUndefined();
    expect(parseRetryAfter(undefined, now)).toBeUndefined();
  });
});
