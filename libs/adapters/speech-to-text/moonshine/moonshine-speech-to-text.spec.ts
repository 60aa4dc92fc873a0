import { monitorEventLoopDelay } from 'node:perf_hooks';

import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { ensureModel } from '#deploy/local/fetch/models.js';
import type { Transcription } from '#libs/ports/speech-to-text.js';

import { concatenate, encodeRecording, speechToTextConformance, spokenSamples } from '../speech-to-text.conformance.js';
import type { MoonshineOptions } from './moonshine-speech-to-text.js';
import { MoonshineSpeechToText } from './moonshine-speech-to-text.js';

speechToTextConformance('Moonshine', async () => {
  return new MoonshineSpeechToText({ modelDir: await ensureModel('moonshine-tiny-en') });
});

describe('MoonshineSpeechToText', () => {
  let modelDir: string;
  let recognizer: MoonshineSpeechToText;
  const wav = encodeRecording(spokenSamples('after-six'));
  const english = { audio: { wav }, language: 'en' } as const;
  const open = (options: Partial<MoonshineOptions> = {}) => {
    recognizer = new MoonshineSpeechToText({ modelDir, ...options });
    return recognizer;
  };

  beforeAll(async () => {
    modelDir = await ensureModel('moonshine-tiny-en');
  });
  afterEach(() => recognizer.close());

  it('rejects Spanish', async () => {
    const spanish = open().transcribe({ audio: { wav }, language: 'es' });
    await expect(spanish).rejects.toMatchObject({ code: 'unsupported_language', retryable: false });
  });

  it('rejects a recording that is too long', async () => {
    const long = open({ maxAudioSeconds: 2 }).transcribe(english);
    await expect(long).rejects.toMatchObject({ code: 'too_long', retryable: false });
  });

  it('transcribes quiet speech with a DC offset', async () => {
    const quietWithOffset = concatenate(
      new Float32Array(8_000),
      spokenSamples('after-six'),
      new Float32Array(8_000),
    ).map((sample) => 0.02 * sample + 0.3);
    const transcription = await open().transcribe({ audio: { wav: encodeRecording(quietWithOffset) }, language: 'en' });
    expect(transcription.text).toMatch(/home until six in the evening/i);
  });

  it('rejects the requests that exceed its queue at once, and processes the others', async () => {
    open({ maxWaiting: 2 });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => recognizer.transcribe(english)));
    const codes = results.map((result) =>
      result.status === 'fulfilled' ? 'done' : (result.reason as { code: string }).code,
    );
    expect(codes).toEqual(['done', 'done', 'done', 'overloaded', 'overloaded']);
  });

  it('enforces the deadline both in the queue and while transcribing', async () => {
    open();
    // About 40 s of speech take longer than the deadline on any machine. The second request waits for the first.
    const speech = spokenSamples('after-six');
    const long = encodeRecording(concatenate(...Array.from({ length: 15 }, () => speech)));
    await recognizer.transcribe(english);
    const running = recognizer.transcribe({ audio: { wav: long }, language: 'en', deadlineMs: 60 });
    const waiting = recognizer.transcribe({ ...english, deadlineMs: 10 });
    const deadlineError = { code: 'deadline_exceeded', retryable: true };
    await Promise.all([
      expect(running).rejects.toMatchObject(deadlineError),
      expect(waiting).rejects.toMatchObject(deadlineError),
    ]);
    expect((await recognizer.transcribe(english)).text).toMatch(/evening/i);
  });

  it('does not block the event loop', async () => {
    open();
    await recognizer.transcribe(english);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const results: Transcription[] = [];
    for (let round = 0; round < 5; round++) results.push(await recognizer.transcribe(english));
    delay.disable();
    expect(results).toHaveLength(5);
    // On the event loop, each inference would block for its whole duration.
    expect(delay.percentile(90) / 1e6).toBeLessThan((performance.now() - started) / 5 / 2);
  });

  it('reports a missing model', async () => {
    const missing = open({ modelDir: `${modelDir}/elsewhere` }).transcribe(english);
    await expect(missing).rejects.toMatchObject({ code: 'model_unavailable', retryable: false });
  });

  it('finishes waiting recordings before it closes', async () => {
    open();
    const both = [recognizer.transcribe(english), recognizer.transcribe(english)];
    await recognizer.close();
    expect((await Promise.all(both)).map(({ text }) => /evening/i.test(text))).toEqual([true, true]);
  });
});
