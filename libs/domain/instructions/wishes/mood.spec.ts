import { fold } from '../text/fold.js';
import { findSentiment, findUrgency } from './mood.js';

const sentiment = (text: string): string | undefined => findSentiment(text, fold(text))?.value;
const isUrgent = (text: string): boolean => findUrgency(text, fold(text)) !== null;

describe('sentiment and urgency', () => {
  it.each([
    ['this is the third time you left it in the rain', 'negative'],
    ['i am so fed up with your company', 'negative'],
    ['last time you broke it, thank you very much', 'negative'],
    ['estoy harto de esto', 'negative'],
    ['leave it in the garage, thank you so much', 'positive'],
    ['your driver is great, you are the best', 'positive'],
    ['muchas gracias, muy amable', 'positive'],
    ['please leave it at the door', undefined],
    ['i am not angry, just leave it', undefined],
    ['thanks', undefined],
  ])('rates “%s” as %s', (text, expected) => {
    expect(sentiment(text)).toBe(expected);
  });

  it('finds urgency where the delivery cannot wait', () => {
    expect(isUrgent('it’s my insulin, i need it as soon as possible')).toBe(true);
    expect(isUrgent('es urgente')).toBe(true);
    expect(isUrgent('it is not urgent at all')).toBe(false);
    expect(isUrgent('leave it in the shed')).toBe(false);
  });

  it('reports the words as evidence', () => {
    const text = 'Well, this is UNACCEPTABLE.';
    const found = findSentiment(text, fold(text));
    expect(found && text.slice(found.evidence.start, found.evidence.end)).toBe('UNACCEPTABLE');
  });
});
