import { LocalInstructionAnalyst } from '#libs/adapters/instruction-analyst/local/local-instruction-analyst.js';
import { OpenAiInstructionAnalyst } from '#libs/adapters/instruction-analyst/openai/openai-instruction-analyst.js';
import {
  startScriptedServer,
  type ReceivedRequest,
  type ScriptedServer,
} from '#libs/adapters/scripted-server.conformance.js';
import { OpenAiSpeechToText } from '#libs/adapters/speech-to-text/openai/openai-speech-to-text.js';
import { encodeRecording, spokenSamples } from '#libs/adapters/speech-to-text/speech-to-text.conformance.js';
import { OpenAiTextEmbedder } from '#libs/adapters/text-embedder/openai/openai-text-embedder.js';
import type { InstructionsContext } from '#libs/domain/instructions/index.js';
import { OpenAiDescription } from './openai-description.js';

const description = new OpenAiDescription();
const errors: string[] = [];
let server: ScriptedServer;

/**
 * Validates the received request against the description, and the scripted response as well, so that
 * the test double is realistic.
 */
async function check(request: ReceivedRequest, status: number, responseBody: unknown): Promise<void> {
  const { method, contentType, body } = request;
  const path = request.path.replace(/^\/v1/, '');
  const media = contentType.split(';', 1)[0] ?? '';
  const requestBody: unknown =
    media === 'application/json' ? JSON.parse(body.toString()) : await parseForm(contentType, body);
  errors.push(...description.findRequestErrors(method, path, media, requestBody));
  errors.push(
    ...description.findResponseErrors(method, path, status, responseBody).map((one) => `the scripted response: ${one}`),
  );
}

/** Parses a form into the types of the description: `name[]` becomes a list, and `temperature` a number. */
async function parseForm(contentType: string, body: Buffer): Promise<Record<string, unknown>> {
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await response.formData();
  const fields: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).map((value) => (typeof value === 'string' ? value : 'an upload'));
    const typedValues = values.map((value) => (name === 'temperature' ? Number(value) : value));
    fields[name.replace('[]', '')] = name.endsWith('[]') ? typedValues : typedValues[0];
  }
  return fields;
}

function respondWith(body: unknown): void {
  server.setResponse((response, request) => {
    void check(request, 200, body)
      .catch((error: unknown) => errors.push(String(error)))
      .then(() => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
  });
}

const account = () => ({ apiKey: 'sk-test', baseUrl: `${server.url}/v1` });
const wav = encodeRecording(spokenSamples('neighbour'));

describe('OpenAI’s published API description', () => {
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    errors.length = 0;
  });

  it('rejects invalid requests and responses', () => {
    expect(description.findRequestErrors('POST', '/embeddings', 'application/json', { model: 'm' })).not.toEqual([]);
    expect(
      description.findRequestErrors('POST', '/embeddings', 'application/json', { model: 'm', input: 'a', size: 3 }),
    ).not.toEqual([]);
    expect(description.findResponseErrors('POST', '/embeddings', 200, { object: 'list' })).not.toEqual([]);
    expect(description.findRequestErrors('POST', '/nowhere', 'application/json', {})).not.toEqual([]);
  });

  it.each([
    [
      'whisper-1',
      {
        language: 'english',
        duration: 2.1,
        text: 'Leave it with my neighbour.',
        segments: [
          {
            id: 0,
            seek: 0,
            start: 0,
            end: 1.9,
            text: ' Leave it with my neighbour.',
            tokens: [50364, 9825],
            temperature: 0,
            avg_logprob: -0.21,
            compression_ratio: 0.9,
            no_speech_prob: 0.01,
          },
        ],
        words: [{ word: 'Leave', start: 0.1, end: 0.4 }],
        usage: { type: 'duration', seconds: 3 },
      },
    ],
    [
      'gpt-4o-transcribe',
      {
        text: 'Leave it with my neighbour.',
        logprobs: [{ token: 'Leave', logprob: -0.01, bytes: [76, 101, 97, 118, 101] }],
        usage: {
          type: 'tokens',
          input_tokens: 14,
          output_tokens: 7,
          total_tokens: 21,
          input_token_details: { text_tokens: 0, audio_tokens: 14 },
        },
      },
    ],
  ])('allows the transcription request for %s, and parses its response', async (model, body) => {
    respondWith(body);
    const heard = await new OpenAiSpeechToText({ ...account(), model }).transcribe({ audio: { wav }, language: 'en' });
    expect(heard).toMatchObject({ text: 'Leave it with my neighbour.', provider: 'openai', model });
    expect(errors).toEqual([]);
  });

  it('allows the embeddings request', async () => {
    respondWith({
      object: 'list',
      model: 'text-embedding-3-small',
      usage: { prompt_tokens: 2, total_tokens: 2 },
      data: [{ object: 'embedding', index: 0, embedding: [0.6, 0.8] }],
    });
    const embedder = new OpenAiTextEmbedder({ ...account(), model: 'text-embedding-3-small', dimensions: 2 });
    expect(await embedder.embed(['the gate'])).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  it('allows both requests of the analyst', async () => {
    const context: InstructionsContext = {
      text: 'leave it on the porch',
      locale: 'en-US',
      zone: 'America/Denver',
      question: 'open',
      now: new Date('2027-09-02T18:00:00Z'),
      planned: { start: new Date('2027-09-02T20:00:00Z'), end: new Date('2027-09-02T23:00:00Z') },
    };
    const form = {
      language: 'en',
      availability: [],
      unavailable: [],
      excludedPlaces: [],
      people: [],
      conditions: [],
      accessCode: null,
      recipient: null,
      reschedule: null,
      refused: null,
      optOut: null,
      callAhead: null,
      hazards: [],
      handling: [],
      needsHuman: null,
      sentiment: null,
      urgent: null,
      complexity: 1,
      safePlace: { place: 'porch', quote: 'under the bench', confidence: 0.9 },
    };
    respondWith({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_770_000_000,
      model: 'gpt-4o-mini',
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          logprobs: null,
          message: { role: 'assistant', content: JSON.stringify(form), refusal: null },
        },
      ],
      usage: { prompt_tokens: 900, completion_tokens: 120, total_tokens: 1_020 },
    });
    const before = server.requests.length;
    const analyst = new OpenAiInstructionAnalyst({ ...account(), model: 'gpt-4o-mini' });
    expect((await analyst.analyze(context)).safePlace).toBeNull();
    expect((await new LocalInstructionAnalyst().analyze(context)).safePlace?.value).toBe('porch');
    expect(server.requests.length).toBe(before + 2);
    expect(errors).toEqual([]);
  });
});
