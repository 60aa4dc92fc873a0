import { monitorEventLoopDelay } from 'node:perf_hooks';

import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { ensureModel } from '#deploy/local/fetch/models.js';
import type { Transcription } from '#libs/ports/speech-to-text.js';

import { joined, recorded, speechToTextConformance, spokenSamples } from '../speech-to-text.conformance.js';
import type { MoonshineOptions } from './moonshine-speech-to-text.js';
import { MoonshineSpeechToText } from './moonshine-speech-to-text.js';

speechToTextConformance('Moonshine', async () => {
  return new MoonshineSpeechToText({ modelDir: await ensureModel('moonshine-tiny-en') });
});

describe('Moonshine', () => {
  let modelDir: string;
  let recogniser: MoonshineSpeechToText;
  const wav = recorded(spokenSamples('after-six'));
  const english = { audio: { wav }, language: 'en' } as const;
  const open = (options: Partial<MoonshineOptions> = {}) => {
    recogniser = new MoonshineSpeechToText({ modelDir, ...options });
    return recogniser;
  };

  beforeAll(async () => {
    modelDir = await ensureModel('moonshine-tiny-en');
  });
  afterEach(() => recogniser.close());

  it('knows no Spanish', async () => {
    const spanish = open().transcribe({ audio: { wav }, language: 'es' });
    await expect(spanish).rejects.toMatchObject({ code: 'unsupported_language', retryable: false });
  });

  it('refuses what is too long', async () => {
    const long = open({ maxAudioSeconds: 2 }).transcribe(english);
    await expect(long).rejects.toMatchObject({ code: 'too_long', retryable: false });
  });

  it('hears quiet speech on a line with an offset', async () => {
    const offset = joined(new Float32Array(8_000), spokenSamples('after-six'), new Float32Array(8_000)).map(
      (sample) => 0.02 * sample + 0.3,
    );
    const heard = await open().transcribe({ audio: { wav: recorded(offset) }, language: 'en' });
    expect(heard.text).toMatch(/home until six in the evening/i);
  });

  it('turns away, at once, what does not fit in its queue, and does the rest', async () => {
    open({ maxWaiting: 2 });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => recogniser.transcribe(english)));
    const codes = results.map((result) =>
      result.status === 'fulfilled' ? 'done' : (result.reason as { code: string }).code,
    );
    expect(codes).toEqual(['done', 'done', 'done', 'overloaded', 'overloaded']);
  });

  it('keeps a deadline while waiting and while at work', async () => {
    open();
    // Some 40 s of speech take longer than the deadline on any machine; the second waits for it.
    const speech = spokenSamples('after-six');
    const long = recorded(joined(...Array.from({ length: 15 }, () => speech)));
    await recogniser.transcribe(english);
    const working = recogniser.transcribe({ audio: { wav: long }, language: 'en', deadlineMs: 60 });
    const waiting = recogniser.transcribe({ ...english, deadlineMs: 10 });
    const late = { code: 'deadline_exceeded', retryable: true };
    await Promise.all([expect(working).rejects.toMatchObject(late), expect(waiting).rejects.toMatchObject(late)]);
    expect((await recogniser.transcribe(english)).text).toMatch(/evening/i);
  });

  it('does not hold up the event loop', async () => {
    open();
    await recogniser.transcribe(english);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const results: Transcription[] = [];
    for (let round = 0; round < 5; round++) results.push(await recogniser.transcribe(english));
    delay.disable();
    expect(results).toHaveLength(5);
    // Were it done on the loop, half of the time would be one stretch an inference.
    expect(delay.percentile(90) / 1e6).toBeLessThan((performance.now() - started) / 5 / 2);
  });

  it('tells that its model is not there', async () => {
    const missing = open({ modelDir: `${modelDir}/elsewhere` }).transcribe(english);
    await expect(missing).rejects.toMatchObject({ code: 'model_unavailable', retryable: false });
  });

  it('lets what waits be done before it closes', async () => {
    open();
    const both = [recogniser.transcribe(english), recogniser.transcribe(english)];
    await recogniser.close();
    expect((await Promise.all(both)).map(({ text }) => /evening/i.test(text))).toEqual([true, true]);
  });
});
