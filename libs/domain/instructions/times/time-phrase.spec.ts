import fc from 'fast-check';
import { DateTime } from 'luxon';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { tokenize } from '../reading/tokens.js';
import { readTimePhrase } from './time-phrase.js';

/** A Monday. */
const today = DateTime.fromISO('2026-03-02T00:00:00', { zone: 'America/Chicago' });

/** As `Thu 5 14:00-16:00`; `null` where the phrase is not understood. */
function read(text: string, isRuledOut = false): string | null {
  const words = tokenize(text, 100).map((token) => token.text);
  const phrases = readTimePhrase(words, { today, isRuledOut, half: null, planned: { from: 540, to: 1020 } });
  return phrases?.map(({ days, windows }) => [...toDays(days), ...windows.map(toHours)].join(' ')).join(' / ') ?? null;
}
const toDays = (days: readonly DateTime[] | null): string[] => (days ?? []).map((day) => day.toFormat('ccc d'));
const toHours = ({ from, to }: { from: number; to: number }): string => `${toClock(from)}-${toClock(to)}`;
const toClock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

describe('a phrase about time', () => {
  it.each([
    ['after six', '18:00-21:00'],
    ['before ten', '08:00-10:00'],
    ['not before half nine', '09:30-21:00'],
    ['no later than 4 p.m.', '08:00-16:00'],
    ['nothing later than three thirty', '08:00-15:30'],
    ['between half nine and quarter to twelve', '09:30-11:45'],
    ['from two to four', '14:00-16:00'],
    ['7-8 pm', '19:00-20:00'],
    ['after two but before four', '14:00-16:00'],
    ['after 5 past seven', '19:05-21:00'],
    ['afternoon after three', '15:00-17:00'],
    ['all day', '08:00-21:00'],
    ['noon', '12:00-13:00'],
    ['any time', '08:00-21:00'],
    ['1600', '16:00-21:00'],
    ['three no four', '16:00-21:00'],
    ['next thursday', 'Thu 12'],
    ['friday between ten and noon', 'Fri 6 10:00-12:00'],
    ['5 March in the afternoon', 'Thu 5 12:00-17:00'],
    ['in two days in the afternoon', 'Wed 4 12:00-17:00'],
    ['the day after tomorrow', 'Wed 4'],
    ['saturday or sunday', 'Sat 7 Sun 8'],
    ['wednesday no thursday', 'Thu 5'],
    ['después de las cinco y media', '17:30-21:00'],
    ['a partir de la una', '13:00-21:00'],
    ['hasta las 10:30', '08:00-10:30'],
    ['entre cuarto para las once y las doce y cuarto', '10:45-12:15'],
    ['entre las 12 y las 2', '12:00-14:00'],
    ['de dos a seis', '14:00-18:00'],
    ['después de las 8 menos cuarto de la tarde', '19:45-21:00'],
    ['mañana por la mañana', 'Tue 3 08:00-12:00'],
    ['pasado mañana a la misma hora', 'Wed 4 09:00-17:00'],
    ['el cinco de marzo por la tarde', 'Thu 5 12:00-17:00'],
    ['de hoy en ocho', 'Mon 9'],
    ['el martes o el miércoles', 'Tue 3 Wed 4'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['after eight', '20:00-21:00'],
    ['before ten', '08:00-10:00'],
    ['before five thirty', '08:00-17:30'],
  ])('that is ruled out lies at the edge of the day: %s is %s', (text, expected) => {
    expect(read(text, true)).toBe(expected);
  });

  it.each(['after school', 'when the sun sets', 'before the rooster', 'after water comes', 'hasta que oscurezca'])(
    'is not understood with a word that may change it: %s',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  const hours = fc.integer({ min: 9, max: 11 });
  it('never widens with a second bound', () => {
    fc.assert(
      fc.property(hours, fc.integer({ min: 1, max: 7 }), (from, to) => {
        expect(read(`after ${from} but before ${to}`)).toBe(`${toClock(from * 60)}-${toClock((to + 12) * 60)}`);
      }),
      { numRuns: propertyRuns(50) },
    );
  });

  it('never holds what its negation holds', () => {
    fc.assert(
      fc.property(hours, fc.constantFrom('before', 'after'), (hour, bound) => {
        expect(read(`not ${bound} ${hour}`)).toBe(read(`${bound === 'before' ? 'after' : 'before'} ${hour}`));
        expect(read(`not ${bound} ${hour}`)).not.toBe(read(`${bound} ${hour}`));
      }),
      { numRuns: propertyRuns(50) },
    );
  });
});
