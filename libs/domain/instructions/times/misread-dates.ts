import type { Reading } from '../reading/reader.js';

/** Folded: "el día 22" by itself. */
const DATE = /^(?:el )?dia (?:\d{1,2}|\w+)$/;

/** A reading without the people, doors and places that are a date: "tráiganlo el día 22". */
export const withoutDates = (reading: Reading): Reading => ({
  ...reading,
  spans: reading.spans.filter(
    ({ tag, from, to }) =>
      !(tag === 'person' || tag === 'unit' || tag === 'put') ||
      !DATE.test(
        reading.tokens
          .slice(from, to)
          .map(({ text }) => text)
          .join(' '),
      ),
  ),
});
