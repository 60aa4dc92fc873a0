import { MAX_IMPORT_ROW_LENGTH, MAX_IMPORT_ROWS } from '#libs/contracts/index.js';
import { Problem } from '../problems/problems.module.js';
import { CsvSyntaxError, parseCsv } from './csv.js';
import { findHeaderErrors, toParsedRow, type ParsedRow } from './csv-rows.js';

export const CSV = 'text/csv';
export const NDJSON = 'application/x-ndjson';

/**
 * Reads the rows of an import. An invalid row is reported in its own result. An invalid document is refused as a whole,
 * and nothing is imported.
 * @param body a parsed JSON array, or the text of a CSV or NDJSON document
 * @throws Problem 400
 */
export async function readRows(mediaType: string, body: unknown): Promise<ParsedRow[]> {
  const rows =
    mediaType === CSV
      ? await parseCsvRows(toText(body))
      : mediaType === NDJSON
        ? parseNdjson(toText(body))
        : parseArray(body);
  if (rows.length === 0) throw createInvalidImportProblem('there must be at least one row');
  if (rows.length > MAX_IMPORT_ROWS)
    throw createInvalidImportProblem(
      `there may be at most ${MAX_IMPORT_ROWS} rows, but there are ${rows.length}: send several imports`,
    );
  return rows.map(replaceOverlongRow);
}

function parseArray(body: unknown): ParsedRow[] {
  if (!Array.isArray(body)) throw createInvalidImportProblem('the body must be a JSON array of deliveries');
  return body.map((row: unknown) => ({ json: JSON.stringify(row) }));
}

function parseNdjson(text: string): ParsedRow[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map((json) => ({ json }));
}

async function parseCsvRows(text: string): Promise<ParsedRow[]> {
  const [header = [], ...records] = await readRecords(text);
  const errors = findHeaderErrors(header);
  if (errors.length > 0) throw createInvalidImportProblem(errors.join('; '));
  return records.map((record) => toParsedRow(header, record));
}

async function readRecords(text: string): Promise<string[][]> {
  try {
    return await parseCsv(text);
  } catch (error) {
    if (error instanceof CsvSyntaxError) throw createInvalidImportProblem(error.message);
    throw error;
  }
}

function replaceOverlongRow(row: ParsedRow): ParsedRow {
  if (!('json' in row) || row.json.length <= MAX_IMPORT_ROW_LENGTH) return row;
  return { unreadable: `the row has more than ${MAX_IMPORT_ROW_LENGTH} characters` };
}

const toText = (body: unknown): string => (typeof body === 'string' ? body : '');

const createInvalidImportProblem = (message: string): Problem => Problem.invalid([{ path: '', message }]);
