import { parseKeyedAnswer, TEXT_LANGUAGES, composeReply, composeText, type TextReason } from './index.js';

const about = {
  organizationName: 'Northwind',
  planned: { start: new Date('2026-03-03T18:00:00Z'), end: new Date('2026-03-03T20:00:00Z') },
  zone: 'America/Chicago',
};
const REASONS: readonly TextReason[] = ['unreachable', 'not_called', 'follow_up'];

describe('a text to a customer', () => {
  it('names the organization, the parcel and the window, and says how to answer and opt out', () => {
    expect(composeText('unreachable', 'en', { ...about, parcel: 'your new lamp' })).toBe(
      'Northwind: we could not reach you about your new lamp, planned for Tuesday, March 3, between 12 PM and 2 PM. ' +
        'Reply 1 to leave it at the front door, 2 with a neighbor, or tell us what suits you in your own words. STOP to opt out.',
    );
  });

  it.each(REASONS)('exists in every language for %s, and is short', (reason) => {
    for (const language of TEXT_LANGUAGES) {
      const text = composeText(reason, language, about);
      expect(text).toMatch(/^Northwind: .*STOP/);
      expect(text.length).toBeLessThanOrEqual(300);
    }
  });

  it('gets a reply in the given languages', () => {
    expect(composeReply('noted', ['en'])).toBe('Thank you. Your driver will get this.');
    expect(composeReply('help', TEXT_LANGUAGES)).toMatch(/^This number.*Este número/);
  });
});

describe('keyedAnswer', () => {
  it.each([
    ['1', 'front_door'],
    [' 2. ', 'neighbour'],
    ['2!', 'neighbour'],
    ['3', undefined],
    ['12', undefined],
    ['1 please', undefined],
    ['', undefined],
  ])('maps %p to %p', (text, place) => {
    expect(parseKeyedAnswer(text)).toBe(place);
  });
});
