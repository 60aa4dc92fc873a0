import fc from 'fast-check';
import { CsvSyntaxError, parseCsv } from './csv.js';

/** The writer of RFC 4180, written apart from the reader. */
const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
const write = (records: readonly (readonly string[])[], lineBreak: string): string =>
  records.map((record) => record.map(quoted).join(',')).join(lineBreak);

describe('CSV', () => {
  it('is read back as it was written, whatever is in it', () => {
    const field = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'ü', '\u{1F4E6}'), maxLength: 12 }),
    );
    const record = fc.array(field, { minLength: 1, maxLength: 6 }).filter((fields) => fields.join('') !== '');
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        (records, lineBreak, endsWithBreak, marked) => {
          const text = `${write(records, lineBreak)}${endsWithBreak ? lineBreak : ''}`;
          fc.pre(marked || !text.startsWith('\uFEFF'));
          expect(parseCsv(`${marked ? '\uFEFF' : ''}${text}`)).toEqual(records);
        },
      ),
    );
  });

  it('never fails but with the line where it is no CSV', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a'), maxLength: 40 });
    fc.assert(
      fc.property(text, (any) => {
        try {
          for (const record of parseCsv(any)) expect(record.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(CsvSyntaxError);
        }
      }),
    );
  });

  it.each([
    ['a,b\n1,"2', 2, 'not closed'],
    ['a,b\n1,"2"3', 2, 'after a quoted field'],
    ['a\nb\n4" pipe', 3, 'must be quoted'],
    ['"x\ny",b\n"', 3, 'not closed'],
  ])('%j is none', (text, line, reason) => {
    const read = (): CsvSyntaxError | undefined => {
      try {
        parseCsv(text);
      } catch (error) {
        if (error instanceof CsvSyntaxError) return error;
        throw error;
      }
      return undefined;
    };
    expect(read()).toMatchObject({ line, expected: expect.stringContaining(reason) as unknown });
  });

  it.each<[string, string[][]]>([
    ['', []],
    ['\r\n\n', []],
    ['a,', [['a', '']]],
    [',', [['', '']]],
    [
      'a,\nb,c',
      [
        ['a', ''],
        ['b', 'c'],
      ],
    ],
    ['""', []],
    ['"a""b", c ', [['a"b', ' c ']]],
  ])('%j', (text, records) => {
    expect(parseCsv(text)).toEqual(records);
  });
});
