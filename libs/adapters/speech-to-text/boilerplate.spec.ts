import fc from 'fast-check';
import { withoutBoilerplate } from './boilerplate.js';

describe('withoutBoilerplate', () => {
  it.each([
    'Thank you for watching!',
    'Thanks for watching.',
    ' Thank you so much for watching this video.',
    'Please like and subscribe to my channel.',
    "Don't forget to subscribe!",
    'See you in the next video.',
    'Subtitles by the Amara.org community',
    'Transcribed by https://otter.ai',
    'Captioning by someone else',
    'Subtítulos realizados por la comunidad de Amara.org',
    'Subtitulado por la comunidad',
    '¡Gracias por ver el video!',
    '¡Suscríbete al canal!',
    'No olvides suscribirte.',
    'Nos vemos en el próximo video.',
    '[Music]',
    '(Música)',
    '♪ ♪',
    '[BLANK_AUDIO]',
    'you',
    'Thanks for watching! Please subscribe.',
  ])('removes %j', (text) => {
    expect(withoutBoilerplate(text)).toBe('');
  });

  it.each([
    'Thank you.',
    'Thank you, leave it on the porch.',
    'Thanks for calling.',
    'Thank you for waiting.',
    "I'll be watching for you.",
    'You can leave it with you know who.',
    'See you at three.',
    'Gracias.',
    'Gracias por avisar.',
    'Gracias por esperar, estoy en casa.',
    'Vean el portón, está abierto.',
    'The code is 4521. Music plays at the door.',
    'I subscribe to nothing, stop calling.',
    'At 10 p.m. nobody is there.',
  ])('keeps %j as it was written', (text) => {
    expect(withoutBoilerplate(text)).toBe(text);
  });

  it('keeps the words around it', () => {
    expect(withoutBoilerplate('Leave it on the porch. Thanks for watching!')).toBe('Leave it on the porch.');
    expect(withoutBoilerplate('¡Suscríbete! Déjelo con el vecino.')).toBe('Déjelo con el vecino.');
  });

  it('adds no words, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const kept = withoutBoilerplate(text);
        expect(
          kept === text || text.replace(/\s/g, '').includes(kept.replace(/\s/g, '')) || kept.length < text.length,
        ).toBe(true);
      }),
    );
  });
});
