import fc from 'fast-check';
import { CsvSyntaxError, parseCsv } from './csv.js';

// A writer for RFC 4180, implemented independently of the parser.
const quoteIfNeeded = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
const writeCsv = (records: readonly (readonly string[])[], lineBreak: string): string =>
  records.map((record) => record.map(quoteIfNeeded).join(',')).join(lineBreak);

describe('parseCsv', () => {
  it('reads back arbitrary records as they were written', async () => {
    const field = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'ü', '\u{1F4E6}'), maxLength: 12 }),
    );
    const record = fc.array(field, { minLength: 1, maxLength: 6 }).filter((fields) => fields.join('') !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        async (records, lineBreak, endsWithLineBreak, hasByteOrderMark) => {
          const text = `${writeCsv(records, lineBreak)}${endsWithLineBreak ? lineBreak : ''}`;
          fc.pre(hasByteOrderMark || !text.startsWith('\uFEFF'));
          expect(await parseCsv(`${hasByteOrderMark ? '\uFEFF' : ''}${text}`)).toEqual(records);
        },
      ),
    );
  });

  it('fails only with a CsvSyntaxError', async () => {
    const anyText = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        try {
          for (const record of await parseCsv(text)) expect(record.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(CsvSyntaxError);
        }
      }),
    );
  });

  it.each([
    ['a,b\n1,"2', 2, 'not closed'],
    ['a,b\n1,"2"3', 2, 'must be followed by'],
    ['a\nb\n4" pipe', 3, 'must be quoted'],
    ['"x\ny",b\n"', 3, 'not closed'],
    ['a\r\n"x\r\ny\r\nz",b\r\n\r\n"1\r\n2', 6, 'not closed'],
    ['"x\n\ny" z', 1, 'must be followed by'],
  ])('rejects %j', async (text, line, reason) => {
    const error: unknown = await parseCsv(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CsvSyntaxError);
    expect(error).toMatchObject({ line, reason: expect.stringContaining(reason) as unknown });
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
    ['a\rb;c\r', [['a\rb;c\r']]],
  ])('parses %j', async (text, records) => {
    expect(await parseCsv(text)).toEqual(records);
  });

  it('reports the line of a syntax error correctly after many multi-byte characters', async () => {
    const rowCount = 30_000;
    await expect(parseCsv(`${'"ü\n",b\r\n'.repeat(rowCount)}4" pipe`)).rejects.toMatchObject({
      line: 2 * rowCount + 1,
    });
  });

  it('yields to the event loop while parsing', async () => {
    let timerRuns = 0;
    const timer = setInterval(() => (timerRuns += 1), 1);
    await parseCsv('some,more,"words"\n'.repeat(100_000));
    clearInterval(timer);
    expect(timerRuns).toBeGreaterThan(5);
  });
});
