import { ProviderError } from '#libs/ports/errors.js';
import { SpeechToTextError } from '#libs/ports/speech-to-text.js';
import { firstThatAnswers } from './first-that-answers.js';

const away = new ProviderError({ provider: 'openai', code: 'unavailable', effect: 'none', message: 'away' });
const refused = new ProviderError({ provider: 'openai', code: 'rejected', effect: 'none', message: 'refused' });
const noSpanish = new SpeechToTextError('unsupported_language', 'English only');

describe('the first provider that answers', () => {
  const skipped: string[] = [];
  const ask = (...outcomes: (string | Error)[]) => {
    skipped.length = 0;
    const providers = outcomes.map((provider, index) => ({ name: `p${index + 1}`, provider }));
    return firstThatAnswers(
      providers,
      (outcome) => (typeof outcome === 'string' ? Promise.resolve(outcome) : Promise.reject(outcome)),
      (name) => skipped.push(name),
    );
  };

  it('is named with its answer, and the others are not asked', async () => {
    expect(await ask('words', away)).toEqual({ answer: 'words', by: 'p1' });
    expect(skipped).toEqual([]);
  });

  it.each([
    ['is away', away],
    ['refuses', refused],
    ['does not know the language', noSpanish],
    ['only repeats itself', new SpeechToTextError('looped', '')],
    ['has a mistake of its own', new TypeError('x is undefined')],
  ])('is the second where the first %s', async (_what, error) => {
    expect(await ask(error, 'words')).toEqual({ answer: 'words', by: 'p2' });
    expect(skipped).toEqual(['p1']);
  });

  it('is not looked for where the audio itself is nothing', async () => {
    await expect(ask(new SpeechToTextError('not_audio', ''), 'words')).rejects.toMatchObject({ code: 'not_audio' });
  });

  it('is waited for where only time can help one of them', async () => {
    await expect(ask(away, noSpanish)).rejects.toBe(away);
    await expect(ask(noSpanish, away)).rejects.toBe(away);
    await expect(ask(refused, noSpanish)).rejects.toBe(refused);
  });
});
