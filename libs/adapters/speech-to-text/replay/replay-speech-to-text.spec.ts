import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpeechToText } from '#libs/ports/speech-to-text.js';
import { ReplaySpeechToText } from './replay-speech-to-text.js';

/** Creates a WAV file of half a second with two channels, 8 kHz and 16 bits. */
function createWav(fill = 0): Buffer {
  const samples = Buffer.alloc(4_000 * 4, fill);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

describe('ReplaySpeechToText', () => {
  let folder: string;
  let recognizer: SpeechToText;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'delauto-replay-'));
    recognizer = new ReplaySpeechToText({ transcriptsDir: folder });
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function writeTranscript(audio: Buffer, text: string): Promise<void> {
    await writeFile(join(folder, `${createHash('sha256').update(audio).digest('hex')}.txt`), text);
  }

  it('returns the transcript for exactly the bytes of a recording, over its whole duration', async () => {
    await writeTranscript(createWav(), 'leave it\nin the garage\n');
    await expect(recognizer.transcribe({ audio: { wav: createWav() }, channel: 1, language: 'en' })).resolves.toEqual({
      text: 'leave it in the garage',
      language: 'en',
      segments: [{ startMs: 0, endMs: 500, text: 'leave it in the garage', confidence: 1 }],
      durationMs: 500,
      provider: 'replay',
      model: 'transcripts-from-files',
    });
  });

  it('fails for other bytes', async () => {
    await writeTranscript(createWav(), 'leave it in the garage');
    await expect(recognizer.transcribe({ audio: { wav: createWav(1) }, language: 'en' })).rejects.toMatchObject({
      code: 'model_unavailable',
    });
  });

  it('returns the default transcript only for recordings without their own', async () => {
    await writeFile(join(folder, 'default.txt'), 'on the back porch');
    await writeTranscript(createWav(1), 'in the garage');
    const transcribe = async (audio: Buffer) =>
      (await recognizer.transcribe({ audio: { wav: audio }, language: 'en' })).text;
    expect([await transcribe(createWav(0)), await transcribe(createWav(1)), await transcribe(createWav(2))]).toEqual([
      'on the back porch',
      'in the garage',
      'on the back porch',
    ]);
  });

  it.each([
    ['not audio', Buffer.from('hello'), 0, 'not_audio'],
    ['a channel that does not exist', createWav(), 2, 'no_such_channel'],
    ['an empty transcript', createWav(), 0, 'no_speech'],
  ])('fails like a recognizer for %s', async (_case, audio, channel, code) => {
    await writeTranscript(audio, '');
    await expect(recognizer.transcribe({ audio: { wav: audio }, channel, language: 'en' })).rejects.toMatchObject({
      code,
    });
  });

  it('fails once closed', async () => {
    await writeTranscript(createWav(), 'yes');
    await recognizer.close();
    await expect(recognizer.transcribe({ audio: { wav: createWav() }, language: 'en' })).rejects.toMatchObject({
      code: 'failed',
    });
  });
});
