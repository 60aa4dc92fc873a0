import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAiFaultsConformance } from '../../openai/openai-faults.conformance.js';
import { connectionLossConformance } from '../../connection-loss.conformance.js';
import { startScriptedServer, type ScriptedServer } from '../../scripted-server.conformance.js';
import { decodeWav } from '../audio/wav.js';
import { concatenate, encodeRecording, spokenSamples } from '../speech-to-text.conformance.js';
import { OpenAiSpeechToText } from './openai-speech-to-text.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.stop());

const open = (model: string, timeoutMs?: number): OpenAiSpeechToText =>
  new OpenAiSpeechToText({ apiKey: 'sk-test', baseUrl: `${server.url}/v1`, model, timeoutMs });

const createSilence = (seconds: number): Float32Array => new Float32Array(seconds * 8_000);
const neighbor = spokenSamples('neighbour');
const afterSix = spokenSamples('after-six');
const segment = {
  id: 0,
  seek: 0,
  start: 0.2,
  end: 1.4,
  text: ' Leave it with my neighbour.',
  tokens: [1],
  temperature: 0,
  avg_logprob: -0.2,
  compression_ratio: 1.1,
  no_speech_prob: 0.01,
};
/** Returns a response in the format `verbose_json`. */
const toVerboseResponse = (...segments: object[]): object => ({
  task: 'transcribe',
  language: 'english',
  duration: 2,
  text: 'Leave it with my neighbour.',
  segments,
  words: [
    { word: 'Leave', start: 0.2, end: 0.5 },
    { word: 'neighbour', start: 0.9, end: 1.4 },
  ],
});

describe('OpenAiSpeechToText', () => {
  const forms: FormData[] = [];
  /** The number of forms that earlier tests have uploaded. */
  let earlierForms = 0;
  const getUploads = (): FormData[] => forms.slice(earlierForms);
  beforeEach(() => {
    earlierForms = forms.length;
  });
  /** Responds with the bodies in order, and repeats the last one. */
  function respondWith(...bodies: object[]): void {
    const queue = [...bodies];
    server.setResponse((response, { body, contentType }) => {
      const content = new Uint8Array(body);
      void new Response(content, { headers: { 'content-type': contentType } }).formData().then((form) => {
        forms.push(form);
        const next = queue.length > 1 ? queue.shift() : queue[0];
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(next));
      });
    });
  }
  const transcribe = (wav: Buffer, model = 'whisper-1', channel?: number) =>
    open(model).transcribe({ audio: { wav }, channel, language: 'en' });

  it('sends only the customer’s channel, and only the parts with speech', async () => {
    respondWith(toVerboseResponse(segment));
    await transcribe(
      encodeRecording(createSilence(9), concatenate(createSilence(3), neighbor, createSilence(4))),
      'whisper-1',
      1,
    );
    const [form] = getUploads();
    expect(Object.fromEntries([...(form ?? [])].filter(([name]) => name !== 'file'))).toMatchObject({
      model: 'whisper-1',
      language: 'en',
      response_format: 'verbose_json',
      temperature: '0',
    });
    const file = form?.get('file') as File;
    const { channels, sampleRate } = decodeWav(Buffer.from(await file.arrayBuffer()));
    expect(channels).toHaveLength(1);
    expect((channels[0]?.length ?? 0) / sampleRate).toBeLessThan(neighbor.length / 8_000 + 1);
  });

  it('returns the times of segments and words relative to the recording', async () => {
    respondWith(toVerboseResponse(segment));
    const transcription = await transcribe(encodeRecording(concatenate(createSilence(3), neighbor)));
    expect(transcription).toMatchObject({
      text: 'Leave it with my neighbour.',
      provider: 'openai',
      model: 'whisper-1',
    });
    const [first] = transcription.segments;
    // The chunk begins slightly before the first word.
    expect(first?.startMs).toBeGreaterThan(2_800);
    expect(first?.startMs).toBeLessThan(3_500);
    expect(first?.confidence).toBeCloseTo(Math.exp(-0.2), 3);
    expect(first?.words?.map(({ text }) => text)).toEqual(['Leave', 'neighbour']);
    expect(first?.words?.[1]?.endMs).toBe((first?.startMs ?? 0) + 1_200);
  });

  it('splits long speech into chunks and returns one transcription', async () => {
    respondWith(toVerboseResponse(segment));
    const speech = concatenate(...Array.from({ length: 30 }, () => concatenate(neighbor, afterSix)));
    const { segments, text } = await transcribe(encodeRecording(speech));
    expect(getUploads().length).toBeGreaterThan(1);
    expect(segments).toHaveLength(getUploads().length);
    expect(text.match(/neighbour/g)).toHaveLength(getUploads().length);
    for (const [index, { startMs }] of segments.entries()) {
      expect(startMs).toBeGreaterThanOrEqual(segments[index - 1]?.endMs ?? 0);
    }
  });

  it.each(['gpt-4o-transcribe', 'gpt-4o-mini-transcribe'])(
    'derives the confidence of %s from token probabilities',
    async (model) => {
      respondWith({
        text: 'Leave it.',
        logprobs: [
          { token: 'Leave', logprob: -0.1 },
          { token: ' it.', logprob: -0.3 },
        ],
      });
      const { segments } = await transcribe(encodeRecording(neighbor), model);
      expect(segments).toHaveLength(1);
      expect(segments[0]?.confidence).toBeCloseTo(Math.exp(-0.2), 3);
      const [form] = getUploads();
      expect(form?.get('response_format')).toBe('json');
      expect(form?.getAll('include[]')).toEqual(['logprobs']);
    },
  );

  it('detects a recognizer that repeats itself', async () => {
    respondWith(toVerboseResponse({ ...segment, text: ' you'.repeat(60), compression_ratio: 12 }));
    await expect(transcribe(encodeRecording(neighbor))).rejects.toMatchObject({ code: 'looped' });
    respondWith({ text: 'you '.repeat(40) });
    await expect(transcribe(encodeRecording(neighbor), 'gpt-4o-transcribe')).rejects.toMatchObject({ code: 'looped' });
    respondWith(toVerboseResponse(segment, { ...segment, start: 1.4, end: 1.9, text: ' you'.repeat(60) }));
    expect(await transcribe(encodeRecording(neighbor))).toMatchObject({
      text: 'Leave it with my neighbour.',
      unintelligible: [{}],
    });
  });

  it('ignores text for probable silence', async () => {
    respondWith(
      toVerboseResponse({ ...segment, text: ' Thank you for watching.', no_speech_prob: 0.9, avg_logprob: -1.4 }),
    );
    await expect(transcribe(encodeRecording(neighbor))).rejects.toMatchObject({ code: 'no_speech' });
  });

  it('ignores what Whisper writes over silence, however probable', async () => {
    const boilerplate = { ...segment, text: ' Thank you for watching!', no_speech_prob: 0.3, avg_logprob: -0.35 };
    respondWith(toVerboseResponse(boilerplate));
    await expect(transcribe(encodeRecording(neighbor))).rejects.toMatchObject({ code: 'no_speech' });
    respondWith(toVerboseResponse(segment, { ...boilerplate, start: 1.4, end: 1.9 }));
    expect(await transcribe(encodeRecording(neighbor))).toMatchObject({ text: 'Leave it with my neighbour.' });
    respondWith({ text: 'Subtítulos realizados por la comunidad de Amara.org' });
    await expect(transcribe(encodeRecording(neighbor), 'gpt-4o-transcribe')).rejects.toMatchObject({
      code: 'no_speech',
    });
  });

  it('sends no request for recordings without speech or for invalid audio', async () => {
    await expect(transcribe(encodeRecording(createSilence(4)))).rejects.toMatchObject({ code: 'no_speech' });
    await expect(transcribe(Buffer.from('no sound'))).rejects.toMatchObject({ code: 'not_audio' });
    await expect(transcribe(encodeRecording(new Float32Array(0)))).rejects.toMatchObject({ code: 'empty' });
    await expect(transcribe(encodeRecording(neighbor), 'whisper-1', 1)).rejects.toMatchObject({
      code: 'no_such_channel',
    });
    const limited = new OpenAiSpeechToText({ apiKey: 'sk-test', model: 'whisper-1', maxAudioSeconds: 1 });
    const tooLong = limited.transcribe({ audio: { wav: encodeRecording(neighbor) }, language: 'en' });
    await expect(tooLong).rejects.toMatchObject({ code: 'too_long' });
    expect(getUploads()).toEqual([]);
  });

  it('enforces the deadline', async () => {
    server.setResponse(() => undefined);
    const wav = encodeRecording(neighbor);
    const late = open('whisper-1').transcribe({ audio: { wav }, language: 'en', deadlineMs: 100 });
    await expect(late).rejects.toMatchObject({ name: 'SpeechToTextError', code: 'deadline_exceeded' });
  });

  it('finishes running work when closed, and rejects new requests', async () => {
    respondWith(toVerboseResponse(segment));
    const recognizer = open('whisper-1');
    const running = recognizer.transcribe({ audio: { wav: encodeRecording(neighbor) }, language: 'en' });
    await recognizer.close();
    await expect(running).resolves.toMatchObject({ provider: 'openai' });
    const later = recognizer.transcribe({ audio: { wav: encodeRecording(neighbor) }, language: 'en' });
    await expect(later).rejects.toMatchObject({ code: 'failed' });
  });
});

openAiFaultsConformance(
  'OpenAI’s transcription',
  () => server,
  ({ timeoutMs } = {}) =>
    open('whisper-1', timeoutMs).transcribe({ audio: { wav: encodeRecording(neighbor) }, language: 'en' }),
);

connectionLossConformance('OpenAI’s transcription', (serverUrl) => {
  const recognizer = new OpenAiSpeechToText({ apiKey: 'sk-test', baseUrl: `${serverUrl}/v1`, model: 'whisper-1' });
  return {
    ask: () => recognizer.transcribe({ audio: { wav: encodeRecording(neighbor) }, language: 'en' }),
    answer: () => ({ status: 200, body: JSON.stringify(toVerboseResponse(segment)) }),
    isRepeatable: true,
  };
});
