import fc from 'fast-check';
import { ProviderError, type ProviderErrorCode } from '#libs/ports/errors.js';
import { ObjectStoreError } from '#libs/ports/object-store.js';
import { SpeechToTextError, type SpeechToTextErrorCode } from '#libs/ports/speech-to-text.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { judgeFailure, judgeStart, MAX_CAPACITY_WAIT_MS, MAX_TRIES, type StepProgress } from './judge-failure.js';

const firstTry: StepProgress = { tries: 1, ageMs: 1000 };

const speechError = (code: SpeechToTextErrorCode): Error => new SpeechToTextError(code, `It is ${code}.`);
const storeError = (code: ObjectStoreError['code']): Error => new ObjectStoreError(code, 'rec.wav', `It is ${code}.`);
const providerError = (code: ProviderErrorCode, retryAfterMs?: number): Error =>
  new ProviderError({ provider: 'p', code, effect: 'none', message: `It is ${code}.`, retryAfterMs });

describe('judgeFailure', () => {
  it.each([
    speechError('not_audio'),
    speechError('empty'),
    speechError('too_long'),
    speechError('looped'),
    speechError('no_speech'),
    speechError('no_such_channel'),
    speechError('unsupported_language'),
    storeError('invalid_input'),
    providerError('rejected'),
    providerError('invalid_input'),
  ])('ends immediately, with the error’s own code, for errors that a retry cannot fix: $message', (error) => {
    const { code } = error as Error & { code: string };
    expect(judgeFailure(error, firstTry, 0.5)).toEqual({ kind: 'end', failure: { code, detail: error.message } });
  });

  it.each([
    speechError('failed'),
    speechError('deadline_exceeded'),
    speechError('model_unavailable'),
    storeError('not_found'),
    storeError('checksum_mismatch'),
    providerError('unavailable'),
    providerError('unauthorized'),
    new Error('socket hang up'),
    'thrown text',
  ])('retries errors that may be transient, and gives up after the last try: %s', (error) => {
    expect(judgeFailure(error, firstTry, 0.5)).toEqual({ kind: 'retry', busy: false, afterMs: 2000 });
    expect(judgeFailure(error, { ...firstTry, tries: MAX_TRIES }, 0.5)).toMatchObject({
      kind: 'end',
      failure: { code: 'gave_up' },
    });
  });

  it('backs off further with each try, with jitter, up to a maximum', () => {
    const getDelayMs = (tries: number, random: number): number => {
      const verdict = judgeFailure(speechError('failed'), { ...firstTry, tries }, random);
      return verdict.kind === 'retry' ? verdict.afterMs : NaN;
    };
    expect([1, 2, 3, 7].map((tries) => getDelayMs(tries, 0.5))).toEqual([2_000, 6_000, 18_000, 600_000]);
    expect([0, 0.999].map((random) => getDelayMs(1, random))).toEqual([1_600, 2_399]);
  });

  it('does not count tries that find the recognizer busy, but limits the total wait', () => {
    const exhausted = { tries: MAX_TRIES, ageMs: 1000 };
    expect(judgeFailure(speechError('overloaded'), exhausted, 0.5)).toEqual({
      kind: 'retry',
      busy: true,
      afterMs: 15_000,
    });
    const expired = { tries: 1, ageMs: MAX_CAPACITY_WAIT_MS };
    expect(judgeFailure(speechError('overloaded'), expired, 0.5)).toMatchObject({ kind: 'end' });
  });

  it('waits at least as long as the provider requests', () => {
    expect(judgeFailure(providerError('rate_limited', 45_000), firstTry, 0.5)).toEqual({
      kind: 'retry',
      busy: true,
      afterMs: 45_000,
    });
  });

  it('does not publish the message of an untyped error', () => {
    const verdict = judgeFailure(new Error('mongodb://user:hunter2@db'), { ...firstTry, tries: MAX_TRIES }, 0.5);
    expect(JSON.stringify(verdict)).not.toContain('hunter2');
  });

  it('ends within bounded time for every sequence of errors', () => {
    const errors = fc.constantFrom(
      speechError('failed'),
      speechError('overloaded'),
      providerError('unavailable'),
      new Error('x'),
    );
    fc.assert(
      fc.property(fc.infiniteStream(fc.tuple(errors, fc.double({ min: 0, max: 0.999, noNaN: true }))), (stream) => {
        const progress = { tries: 1, ageMs: 0 };
        for (const [error, random] of stream) {
          const verdict = judgeFailure(error, progress, random);
          if (verdict.kind === 'end') break;
          expect(verdict.afterMs).toBeGreaterThan(1000);
          if (!verdict.busy) progress.tries += 1;
          progress.ageMs += verdict.afterMs;
          expect(progress.ageMs).toBeLessThan(MAX_CAPACITY_WAIT_MS + 3_600_000);
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
