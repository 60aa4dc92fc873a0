import {
  parseAnswer,
  parseKeyedAnswer,
  TEXT_LANGUAGES,
  composeReply,
  composeText,
  type AskedDecision,
} from './index.js';
import { TEXT_REASONS } from './text-message.values.js';

const about = {
  organizationName: 'Northwind',
  planned: { start: new Date('2026-03-03T18:00:00Z'), end: new Date('2026-03-03T20:00:00Z') },
  zone: 'America/Chicago',
};

describe('a text to a customer', () => {
  it('names the organization, the parcel and the window, and says how to answer and opt out', () => {
    expect(composeText('unreachable', 'en', { ...about, parcel: 'your new lamp' })).toBe(
      'Northwind: we could not reach you about your new lamp, planned for Tuesday, March 3, between 12 PM and 2 PM. ' +
        'Reply 1 to leave it at the front door, 2 with a neighbor, or tell us what suits you in your own words. STOP to opt out.',
    );
  });

  it.each(TEXT_REASONS)('exists in every language for %s, and is short', (reason) => {
    for (const language of TEXT_LANGUAGES) {
      const text = composeText(reason, language, { ...about, requested: about.planned });
      expect(text).toMatch(/^Northwind: .*STOP/);
      expect(text.length).toBeLessThanOrEqual(300);
    }
  });

  it('asks back what cannot be undone, and says what follows from either answer', () => {
    const lamp = { ...about, parcel: 'your new lamp' };
    expect(composeText('confirm_refusal', 'en', lamp)).toBe(
      'Northwind: you asked us to send your new lamp back. Reply YES to send it back, or NO to have it delivered as planned. STOP to opt out.',
    );
    const requested = { start: new Date('2026-03-06T15:00:00Z'), end: new Date('2026-03-06T18:00:00Z') };
    expect(composeText('confirm_reschedule', 'en', { ...lamp, requested })).toBe(
      'Northwind: you asked us to bring your new lamp on Friday, March 6, between 9 AM and 12 PM. ' +
        'Reply YES for that time, or NO to have it delivered as planned. STOP to opt out.',
    );
    expect(composeText('confirm_reschedule', 'es', about)).toBe(
      'Northwind: nos pidió esperar a otro día con un paquete. Responda SÍ para esperar a otro día, ' +
        'o NO para recibirlo como estaba previsto. STOP para no recibir más.',
    );
  });

  it('gets a reply in the given languages', () => {
    expect(composeReply('noted', ['en'])).toBe('Thank you. We have got this.');
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

describe('an answer to an ask-back', () => {
  it.each<[string, AskedDecision, boolean | undefined]>([
    ['YES', 'refused', true],
    ['yes.', 'refused', true],
    ['Yes please!', 'refused', true],
    ['Yes, send it back', 'refused', true],
    ['SÍ', 'refused', true],
    ['Si por favor', 'refused', true],
    ['yeah', 'reschedule', true],
    ['yes wait for another day', 'reschedule', true],
    ['ok yes', 'refused', true],
    ['NO', 'refused', false],
    ['No, thank you.', 'refused', false],
    ['no deliver it as planned please', 'refused', false],
    ['No gracias', 'reschedule', false],
    // What the answer does not offer, or offers for the other answer, is no answer.
    ['yes deliver it', 'refused', undefined],
    ['yes on the porch', 'refused', undefined],
    ['Yes, Friday', 'refused', undefined],
    ['yes send it back', 'reschedule', undefined],
    ['no send it back', 'refused', undefined],
    ['No quiero', 'refused', undefined],
    ['yes no', 'refused', undefined],
    ['no problem', 'refused', undefined],
    ['not sure', 'refused', undefined],
    // It may only acknowledge that the text arrived.
    ['ok thanks', 'refused', undefined],
    ['Vale, perfecto', 'refused', undefined],
    ['yes but only if the driver comes before noon', 'refused', undefined],
    ['Why?', 'refused', undefined],
    ['1', 'refused', undefined],
    ['please', 'refused', undefined],
    ['', 'refused', undefined],
  ])('%p about %s is %p', (text, decision, answer) => {
    expect(parseAnswer(text, decision)).toBe(answer);
  });
});
