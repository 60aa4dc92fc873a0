import type { Reading } from '../reading/reader.js';

/** A date that is the whole span: "el día 22". Folded. */
const DATE = /^(?:el )?dia (?:\d{1,2}|\w+)$/;

/** Removes spans tagged as a person, door or place that are a date: "tráiganlo el día 22". */
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
