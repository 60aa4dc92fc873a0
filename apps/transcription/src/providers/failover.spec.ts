import { ProviderError } from '#libs/ports/errors.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';
import { withFailover } from './failover.js';

const unavailable = new ProviderError({
  provider: 'openai',
  code: 'unavailable',
  effect: 'none',
  message: 'unavailable',
});
const refused = new ProviderError({ provider: 'openai', code: 'rejected', effect: 'none', message: 'refused' });
const noSpanish = new SpeechToTextError('unsupported_language', 'English only');

describe('failover between providers', () => {
  const skipped: string[] = [];
  const ask = (...outcomes: (string | Error)[]) => {
    skipped.length = 0;
    const providers = outcomes.map((provider, index) => ({ name: `p${index + 1}`, provider }));
    return withFailover(
      providers,
      (outcome) => (typeof outcome === 'string' ? Promise.resolve(outcome) : Promise.reject(outcome)),
      (name) => skipped.push(name),
    );
  };

  it('returns the answer and name of the first provider without calling the others', async () => {
    expect(await ask('words', unavailable)).toEqual({ answer: 'words', by: 'p1' });
    expect(skipped).toEqual([]);
  });

  it.each([
    ['is unavailable', unavailable],
    ['refuses', refused],
    ['does not support the language', noSpanish],
    ['returns looped text', new SpeechToTextError('looped', '')],
    ['has a bug', new TypeError('x is undefined')],
  ])('uses the second provider if the first one %s', async (_case, error) => {
    expect(await ask(error, 'words')).toEqual({ answer: 'words', by: 'p2' });
    expect(skipped).toEqual(['p1']);
  });

  it('stops at an error of the audio itself', async () => {
    await expect(ask(new SpeechToTextError('not_audio', ''), 'words')).rejects.toMatchObject({ code: 'not_audio' });
  });

  it('throws a transient error rather than a final one, so that the caller retries', async () => {
    await expect(ask(unavailable, noSpanish)).rejects.toBe(unavailable);
    await expect(ask(noSpanish, unavailable)).rejects.toBe(unavailable);
    await expect(ask(refused, noSpanish)).rejects.toBe(refused);
  });
});
