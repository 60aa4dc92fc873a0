import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse, type Options } from 'csv-parse';

/** The text is not valid CSV. The message names the line and the reason. */
export class CsvSyntaxError extends Error {
  /** @param line the line in which the faulty field begins, counted from 1 */
  constructor(
    readonly line: number,
    readonly reason: string,
  ) {
    super(`Line ${line}: ${reason}.`);
    this.name = 'CsvSyntaxError';
  }
}

const RFC_4180: Options = {
  // A carriage return without a line feed is ordinary text.
  record_delimiter: ['\r\n', '\n'],
  skip_empty_lines: true,
  // A row with the wrong number of fields is reported for that row only.
  relax_column_count: true,
};

/** The reasons of `CsvSyntaxError`, by the error code of `csv-parse`. */
const SYNTAX_ERROR_REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted field is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted field must be followed by a comma or the end of the line',
  INVALID_OPENING_QUOTE: 'a field that contains a quote must be quoted',
};

/** Parsing a chunk of this size takes a few milliseconds. */
const CHUNK_BYTES = 16 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Parses CSV text by RFC 4180. Commas separate fields; CRLF or LF separates records. A field with a comma, a quote or a
 * line break is quoted, and quotes in it are doubled. Spaces are part of a field. Blank lines and a leading byte
 * order mark are skipped.
 * @throws CsvSyntaxError for a misplaced quote
 */
export async function parseCsv(text: string): Promise<string[][]> {
  const bytes = Buffer.from(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  const records: string[][] = [];
  // Collects records in a callback, because reading them from the stream costs several times as much.
  const parser = parse({
    ...RFC_4180,
    on_record: (record: string[]) => {
      // A line with only an empty quoted field is treated as blank.
      if (record.length > 1 || record[0] !== '') records.push(record);
    },
  });
  try {
    await pipeline(toChunks(bytes), parser.resume());
  } catch (error) {
    const reason = error instanceof CsvError ? SYNTAX_ERROR_REASONS[error.code] : undefined;
    if (reason === undefined) throw error;
    throw new CsvSyntaxError(findLineOfNextField(bytes, (error as FieldError).bytes), reason);
  }
  return records;
}

/** A `csv-parse` error about a field. `bytes` is the offset at which the last complete field or record ends. */
type FieldError = CsvError & { readonly bytes: number };

/** Yields to the event loop between chunks, because 16 MB take seconds to parse. */
async function* toChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield bytes.subarray(start, start + CHUNK_BYTES);
    await setImmediate();
  }
}

/**
 * Returns the line, counted from 1, in which the field after the offset begins. Does not use the parser's line numbers,
 * because they count a CRLF within quotes twice.
 */
function findLineOfNextField(bytes: Buffer, offset: number): number {
  let start = offset;
  while (bytes[start] === LINE_FEED || (bytes[start] === CARRIAGE_RETURN && bytes[start + 1] === LINE_FEED)) start += 1;
  return 1 + bytes.subarray(0, start).reduce((count, byte) => count + (byte === LINE_FEED ? 1 : 0), 0);
}
