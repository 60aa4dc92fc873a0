import { ProviderError } from '#libs/ports/errors.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';
import { withFailover } from './failover.js';

const unavailableError = new ProviderError({
  provider: 'openai',
  code: 'unavailable',
  effect: 'none',
  message: 'unavailable',
});
const rejectedError = new ProviderError({ provider: 'openai', code: 'rejected', effect: 'none', message: 'refused' });
const unsupportedLanguageError = new SpeechToTextError('unsupported_language', 'English only');

describe('failover between providers', () => {
  const skipped: string[] = [];
  const callProviders = (...outcomes: (string | Error)[]) => {
    skipped.length = 0;
    const providers = outcomes.map((provider, index) => ({ name: `p${index + 1}`, provider }));
    return withFailover(
      providers,
      (outcome) => (typeof outcome === 'string' ? Promise.resolve(outcome) : Promise.reject(outcome)),
      (name) => skipped.push(name),
    );
  };

  it('returns the result and the name of the first provider without calling the others', async () => {
    expect(await callProviders('words', unavailableError)).toEqual({ result: 'words', providerName: 'p1' });
    expect(skipped).toEqual([]);
  });

  it.each([
    ['is unavailable', unavailableError],
    ['refuses', rejectedError],
    ['does not support the language', unsupportedLanguageError],
    ['returns looped text', new SpeechToTextError('looped', '')],
    ['has a bug', new TypeError('x is undefined')],
  ])('uses the second provider if the first one %s', async (_case, error) => {
    expect(await callProviders(error, 'words')).toEqual({ result: 'words', providerName: 'p2' });
    expect(skipped).toEqual(['p1']);
  });

  it('stops at an error of the audio itself', async () => {
    await expect(callProviders(new SpeechToTextError('not_audio', ''), 'words')).rejects.toMatchObject({
      code: 'not_audio',
    });
  });

  it('throws a transient error rather than a final one, so that the caller retries', async () => {
    await expect(callProviders(unavailableError, unsupportedLanguageError)).rejects.toBe(unavailableError);
    await expect(callProviders(unsupportedLanguageError, unavailableError)).rejects.toBe(unavailableError);
    await expect(callProviders(rejectedError, unsupportedLanguageError)).rejects.toBe(rejectedError);
  });
});
