import fc from 'fast-check';
import { ProviderError, type ProviderErrorCode } from '#libs/ports/errors.js';
import { ObjectStoreError } from '#libs/ports/object-store.js';
import { SpeechToTextError, type SpeechToTextErrorCode } from '#libs/ports/speech-to-text.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { judgeFailure, judgeStart, MAX_CAPACITY_WAIT_MS, MAX_TRIES, type Tries } from './judge-failure.js';

const first: Tries = { tries: 1, ageMs: 1000 };

const speech = (code: SpeechToTextErrorCode): Error => new SpeechToTextError(code, `It is ${code}.`);
const store = (code: ObjectStoreError['code']): Error => new ObjectStoreError(code, 'rec.wav', `It is ${code}.`);
const provider = (code: ProviderErrorCode, retryAfterMs?: number): Error =>
  new ProviderError({ provider: 'p', code, effect: 'none', message: `It is ${code}.`, retryAfterMs });

describe('judgeFailure', () => {
  it.each([
    speech('not_audio'),
    speech('empty'),
    speech('too_long'),
    speech('looped'),
    speech('no_speech'),
    speech('no_such_channel'),
    speech('unsupported_language'),
    store('invalid_input'),
    provider('rejected'),
    provider('invalid_input'),
  ])('ends at once, with the error’s own code, for errors that a retry cannot fix: $message', (error) => {
    const { code } = error as Error & { code: string };
    expect(judgeFailure(error, first, 0.5)).toEqual({ kind: 'end', failure: { code, detail: error.message } });
  });

  it.each([
    speech('failed'),
    speech('deadline_exceeded'),
    speech('model_unavailable'),
    store('not_found'),
    store('checksum_mismatch'),
    provider('unavailable'),
    provider('unauthorized'),
    new Error('socket hang up'),
    'thrown text',
  ])('retries errors that may be transient, and gives up after the last try: %s', (error) => {
    expect(judgeFailure(error, first, 0.5)).toEqual({ kind: 'retry', busy: false, afterMs: 2000 });
    expect(judgeFailure(error, { ...first, tries: MAX_TRIES }, 0.5)).toMatchObject({
      kind: 'end',
      failure: { code: 'gave_up' },
    });
  });

  it('backs off further with each try, with jitter, up to a maximum', () => {
    const waitAfter = (tries: number, random: number): number => {
      const verdict = judgeFailure(speech('failed'), { ...first, tries }, random);
      return verdict.kind === 'retry' ? verdict.afterMs : NaN;
    };
    expect([1, 2, 3, 7].map((tries) => waitAfter(tries, 0.5))).toEqual([2_000, 6_000, 18_000, 600_000]);
    expect([0, 0.999].map((random) => waitAfter(1, random))).toEqual([1_600, 2_399]);
  });

  it('does not count tries at a busy recognizer, but limits the total wait', () => {
    const late = { tries: MAX_TRIES, ageMs: 1000 };
    expect(judgeFailure(speech('overloaded'), late, 0.5)).toEqual({ kind: 'retry', busy: true, afterMs: 15_000 });
    const tooLong = { tries: 1, ageMs: MAX_CAPACITY_WAIT_MS };
    expect(judgeFailure(speech('overloaded'), tooLong, 0.5)).toMatchObject({ kind: 'end' });
  });

  it('waits at least as long as the provider asks', () => {
    expect(judgeFailure(provider('rate_limited', 45_000), first, 0.5)).toEqual({
      kind: 'retry',
      busy: true,
      afterMs: 45_000,
    });
  });

  it('publishes no message of an untyped error', () => {
    const verdict = judgeFailure(new Error('mongodb://user:hunter2@db'), { ...first, tries: MAX_TRIES }, 0.5);
    expect(JSON.stringify(verdict)).not.toContain('hunter2');
  });

  it('ends within bounded time for every sequence of errors', () => {
    const errors = fc.constantFrom(speech('failed'), speech('overloaded'), provider('unavailable'), new Error('x'));
    fc.assert(
      fc.property(fc.infiniteStream(fc.tuple(errors, fc.double({ min: 0, max: 0.999, noNaN: true }))), (stream) => {
        const tries = { tries: 1, ageMs: 0 };
        for (const [error, random] of stream) {
          const verdict = judgeFailure(error, tries, random);
          if (verdict.kind === 'end') break;
          expect(verdict.afterMs).toBeGreaterThan(1000);
          if (!verdict.busy) tries.tries += 1;
          tries.ageMs += verdict.afterMs;
          expect(tries.ageMs).toBeLessThan(MAX_CAPACITY_WAIT_MS + 3_600_000);
        }
      }),
      { numRuns: propertyRuns(100) },
    );
  });
});

describe('judgeStart', () => {
  it('ends a recording that crashes the process repeatedly', () => {
    expect(judgeStart({ tries: MAX_TRIES, ageMs: 0 })).toBeUndefined();
    expect(judgeStart({ tries: MAX_TRIES + 1, ageMs: 0 })).toMatchObject({ code: 'gave_up' });
  });
});
