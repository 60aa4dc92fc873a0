import { MAX_IMPORT_ROW_LENGTH, MAX_IMPORT_ROWS } from '#libs/contracts/index.js';
import { Problem } from '../problems/problems.module.js';
import { CsvSyntaxError, parseCsv } from './csv.js';
import { findHeaderMistakes, toSentRow, type SentRow } from './csv-rows.js';

export const CSV = 'text/csv';
export const NDJSON = 'application/x-ndjson';

/**
 * Reads the rows of an import. An invalid row is reported in its own result. An invalid document is refused as a whole,
 * and nothing is imported.
 * @param body a parsed JSON array, or the text of a CSV or NDJSON document
 * @throws Problem 400
 */
export async function readRows(media: string, body: unknown): Promise<SentRow[]> {
  const rows =
    media === CSV ? await fromCsv(toText(body)) : media === NDJSON ? fromNdjson(toText(body)) : fromArray(body);
  if (rows.length === 0) throw invalidImport('there must be at least one row');
  if (rows.length > MAX_IMPORT_ROWS)
    throw invalidImport(
      `there may be at most ${MAX_IMPORT_ROWS} rows, but there are ${rows.length}: send several imports`,
    );
  return rows.map(checkLength);
}

function fromArray(body: unknown): SentRow[] {
  if (!Array.isArray(body)) throw invalidImport('the body must be a JSON array of deliveries');
  return body.map((row: unknown) => ({ json: JSON.stringify(row) }));
}

function fromNdjson(text: string): SentRow[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map((json) => ({ json }));
}

async function fromCsv(text: string): Promise<SentRow[]> {
  const [header = [], ...records] = await readRecords(text);
  const mistakes = findHeaderMistakes(header);
  if (mistakes.length > 0) throw invalidImport(mistakes.join('; '));
  return records.map((record) => toSentRow(header, record));
}

async function readRecords(text: string): Promise<string[][]> {
  try {
    return await parseCsv(text);
  } catch (error) {
    if (error instanceof CsvSyntaxError) throw invalidImport(error.message);
    throw error;
  }
}

function checkLength(row: SentRow): SentRow {
  if (!('json' in row) || row.json.length <= MAX_IMPORT_ROW_LENGTH) return row;
  return { unreadable: `the row has more than ${MAX_IMPORT_ROW_LENGTH} characters` };
}

const toText = (body: unknown): string => (typeof body === 'string' ? body : '');

const invalidImport = (message: string): Problem => Problem.invalid([{ path: '', message }]);
