import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SpeechToText } from '#libs/ports/speech-to-text.js';

import { sampleFunction, encodeTestWav } from './audio/wav-file.conformance.js';
import { decodeWav } from './audio/wav.js';

const sampleRate = 8_000;
const createSilence = (seconds: number) => new Float32Array(seconds * sampleRate);

/** Returns the samples of a recording in the test data. */
export function spokenSamples(name: 'neighbour' | 'after-six'): Float32Array {
  const { channels } = decodeWav(readFileSync(new URL(`./testdata/${name}.wav`, import.meta.url)));
  return channels[0] ?? new Float32Array(0);
}

/** Concatenates parts to one channel of a recording. */
export function concatenate(...parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

/** Encodes channels as a 16-bit recording at 8 kHz. */
export function encodeRecording(...channels: readonly Float32Array[]): Buffer {
  const length = Math.max(...channels.map((channel) => channel.length));
  return encodeTestWav({
    sampleRate,
    channels: channels.map((channel) => concatenate(channel, new Float32Array(length - channel.length))),
  });
}

/** Requirements for every recognizer of English. */
export function speechToTextConformance(name: string, create: () => Promise<SpeechToText>): void {
  describe(`speech to text: ${name}`, () => {
    let recognizer: SpeechToText;
    const neighbor = spokenSamples('neighbour');
    const afterSix = spokenSamples('after-six');
    const transcribe = (wav: Buffer, channel?: number) =>
      recognizer.transcribe({ audio: { wav }, channel, language: 'en' });

    beforeAll(async () => {
      recognizer = await create();
    });
    afterAll(() => recognizer.close());

    it('transcribes telephone audio with its duration', async () => {
      const wav = readFileSync(new URL('./testdata/neighbour.wav', import.meta.url));
      const result = await transcribe(wav);
      expect(result.text.toLowerCase()).toMatch(/leave it with my neighbou?r/);
      expect(result).toMatchObject({ language: 'en', durationMs: Math.round((neighbor.length / sampleRate) * 1000) });
      expect(result.provider).not.toBe('');
      expect(result.model).not.toBe('');
    });

    it('returns the time of each sentence', async () => {
      const result = await transcribe(
        encodeRecording(concatenate(createSilence(2), neighbor, createSilence(3), afterSix, createSilence(2))),
      );
      const secondStart = 2_000 + result.durationMs - 4_000 - (afterSix.length / sampleRate) * 1000;
      const findSegment = (text: RegExp) => result.segments.find((segment) => text.test(segment.text));
      const first = findSegment(/leave/i);
      const second = findSegment(/evening/i);
      expect(first?.startMs).toBeGreaterThan(1_500);
      expect(first?.endMs).toBeLessThan(6_500);
      expect(Math.abs((second?.startMs ?? NaN) - secondStart)).toBeLessThan(600);
      expect(result.text).toBe(result.segments.map(({ text }) => text).join(' '));
      let lastEndMs = 0;
      for (const { startMs, endMs, confidence } of result.segments) {
        expect(startMs).toBeGreaterThanOrEqual(lastEndMs);
        expect(endMs).toBeGreaterThan(startMs);
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(1);
        lastEndMs = endMs;
      }
      expect(lastEndMs).toBeLessThanOrEqual(result.durationMs);
    });

    it('transcribes a short, quiet sentence in a long recording', async () => {
      const quiet = afterSix.map((sample) => 0.01 * sample);
      expect(
        (await transcribe(encodeRecording(concatenate(createSilence(200), quiet, createSilence(40))))).text,
      ).toMatch(/evening/i);
    });

    it('transcribes the parties of a call separately', async () => {
      const wav = encodeRecording(neighbor, concatenate(createSilence(3), afterSix));
      expect((await transcribe(wav, 0)).text).toMatch(/leave/i);
      expect((await transcribe(wav, 0)).text).not.toMatch(/evening/i);
      expect((await transcribe(wav, 1)).text).toMatch(/evening/i);
    });

    it('transcribes another common sample rate', async () => {
      const upsampled = encodeTestWav({
        sampleRate: 16_000,
        channels: [Float32Array.from([...afterSix].flatMap((x) => [x, x]))],
      });
      expect((await transcribe(upsampled)).text).toMatch(/evening/i);
    });

    it('transcribes long speech without pauses', async () => {
      const speech = concatenate(...Array.from({ length: 6 }, () => concatenate(neighbor, afterSix)));
      const { text, segments } = await transcribe(encodeRecording(speech));
      expect(text.match(/evening/gi)?.length).toBeGreaterThanOrEqual(5);
      expect(text.match(/leave it/gi)?.length).toBeGreaterThanOrEqual(5);
      expect(segments.length).toBeGreaterThan(1);
    });

    it('does not transcribe sentences from noise that is modulated like speech', async () => {
      let state = 1;
      const noise = sampleFunction(sampleRate, 8, (time) => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return (state / 1_073_741_824 - 1) * 0.3 * Math.max(0, Math.sin(2 * Math.PI * 3 * time));
      });
      const result = await transcribe(encodeRecording(noise)).then(
        ({ segments }) => segments.filter(({ confidence }) => confidence > 0.6),
        (error: unknown) => error,
      );
      const code = expect.stringMatching(/^(looped|no_speech)$/) as unknown;
      const expectedError = expect.objectContaining({ code }) as unknown;
      expect(result).toEqual(result instanceof Error ? expectedError : []);
    });

    it('returns the correct transcript to each of several concurrent requests', async () => {
      const [first, second] = [encodeRecording(neighbor), encodeRecording(afterSix)];
      const results = await Promise.all([first, second, first, second].map((wav) => transcribe(wav)));
      expect(results.map(({ text }) => /leave/i.test(text))).toEqual([true, false, true, false]);
    });

    it('transcribes the available part of a truncated recording', async () => {
      const complete = encodeRecording(afterSix);
      expect((await transcribe(complete.subarray(0, Math.floor(complete.length * 0.7)))).text).toMatch(/home/i);
    });

    it.each([
      ['text', Buffer.from('<Error>AccessDenied</Error>'.repeat(20)), 'not_audio'],
      ['nothing', Buffer.alloc(0), 'not_audio'],
      ['no samples', encodeRecording(new Float32Array(0)), 'empty'],
      ['silence', encodeRecording(createSilence(3)), 'no_speech'],
    ])('fails for %s', async (_case, wav, code) => {
      await expect(transcribe(wav)).rejects.toMatchObject({ name: 'SpeechToTextError', code, retryable: false });
    });

    it('fails for a channel that does not exist', async () => {
      await expect(transcribe(encodeRecording(neighbor), 1)).rejects.toMatchObject({ code: 'no_such_channel' });
    });

    it('continues to work after failures', async () => {
      expect((await transcribe(encodeRecording(neighbor))).text).toMatch(/leave/i);
    });
  });

  it(`speech to text: ${name}: rejects requests after it is closed`, async () => {
    const recognizer = await create();
    await recognizer.close();
    const rejected = recognizer.transcribe({ audio: { wav: encodeRecording(createSilence(1)) }, language: 'en' });
    await expect(rejected).rejects.toMatchObject({ name: 'SpeechToTextError', code: 'failed' });
  });
}
