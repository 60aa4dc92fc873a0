import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse, type Options } from 'csv-parse';

/** The text is not CSV. The message names the line and what was expected there. */
export class CsvSyntaxError extends Error {
  /** @param line where the faulty field begins, counted from 1 */
  constructor(
    readonly line: number,
    readonly expected: string,
  ) {
    super(`Line ${line}: ${expected}.`);
    this.name = 'CsvSyntaxError';
  }
}

const RFC_4180: Options = {
  // A carriage return alone is text like any other.
  record_delimiter: ['\r\n', '\n'],
  skip_empty_lines: true,
  // A row of another length than the header's is that row's mistake, not the document's.
  relax_column_count: true,
};

const EXPECTED: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted field is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'after a quoted field comes a comma or the line’s end',
  INVALID_OPENING_QUOTE: 'a field with a quote in it must be quoted whole',
};

/** Parsing this much takes a few milliseconds. */
const CHUNK_BYTES = 16 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads the records of a CSV text by RFC 4180: fields are separated by commas, records by CRLF or LF; a field with a
 * comma, a quote or a line break is quoted, and a quote in it doubled. Spaces belong to their field. Blank lines are not
 * records, and a byte order mark is not part of the first field.
 * @throws CsvSyntaxError for a quote where none may be
 */
export async function parseCsv(text: string): Promise<string[][]> {
  const bytes = Buffer.from(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  const records: string[][] = [];
  // Collected here and not read from the stream, which costs several times as much.
  const parser = parse({
    ...RFC_4180,
    on_record: (record: string[]) => {
      // A line with only an empty quoted field counts as blank.
      if (record.length > 1 || record[0] !== '') records.push(record);
    },
  });
  try {
    await pipeline(inChunks(bytes), parser.resume());
  } catch (error) {
    const expected = error instanceof CsvError ? EXPECTED[error.code] : undefined;
    if (expected === undefined) throw error;
    throw new CsvSyntaxError(lineOfNextField(bytes, (error as FieldError).bytes), expected);
  }
  return records;
}

/** What `csv-parse` adds to errors of a field. `bytes` is the offset at which the last complete field or record ends. */
type FieldError = CsvError & { readonly bytes: number };

/** Lets other requests have their turn between two chunks: 16 MB take seconds to parse. */
async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    yield bytes.subarray(at, at + CHUNK_BYTES);
    await setImmediate();
  }
}

/** The parser's own line numbers count a CRLF within quotes twice. */
function lineOfNextField(bytes: Buffer, offset: number): number {
  let start = offset;
  while (bytes[start] === LINE_FEED || (bytes[start] === CARRIAGE_RETURN && bytes[start + 1] === LINE_FEED)) start += 1;
  return 1 + bytes.subarray(0, start).reduce((count, byte) => count + (byte === LINE_FEED ? 1 : 0), 0);
}
