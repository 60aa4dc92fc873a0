import { LONGEST_IMPORT_ROW, MOST_IMPORT_ROWS } from '#libs/contracts/index.js';
import { Problem } from '../problems/problems.module.js';
import { CsvSyntaxError, parseCsv } from './csv.js';
import { headerMistakes, rowOf, type SentRow } from './csv-rows.js';

export const CSV = 'text/csv';
export const NDJSON = 'application/x-ndjson';

/**
 * The rows of an import as they were sent. What is wrong with a row is the row's affair; what is wrong with the document
 * as a whole refuses it, and nothing is imported.
 * @param body a parsed JSON array, or the text of the other two
 * @throws Problem 400
 */
export async function readRows(media: string, body: unknown): Promise<SentRow[]> {
  const rows =
    media === CSV ? await fromCsv(textOf(body)) : media === NDJSON ? fromNdjson(textOf(body)) : fromArray(body);
  if (rows.length === 0) throw refused('there must be at least one row');
  if (rows.length > MOST_IMPORT_ROWS)
    throw refused(`there may be ${MOST_IMPORT_ROWS} rows at most, and these are ${rows.length}: send several imports`);
  return rows.map(bounded);
}

function fromArray(body: unknown): SentRow[] {
  if (!Array.isArray(body)) throw refused('the body must be a JSON array of deliveries');
  return body.map((row: unknown) => ({ json: JSON.stringify(row) }));
}

function fromNdjson(text: string): SentRow[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map((json) => ({ json }));
}

async function fromCsv(text: string): Promise<SentRow[]> {
  const [header = [], ...records] = await recordsOf(text);
  const mistakes = headerMistakes(header);
  if (mistakes.length > 0) throw refused(mistakes.join('; '));
  return records.map((record) => rowOf(header, record));
}

async function recordsOf(text: string): Promise<string[][]> {
  try {
    return await parseCsv(text);
  } catch (error) {
    if (error instanceof CsvSyntaxError) throw refused(error.message);
    throw error;
  }
}

function bounded(row: SentRow): SentRow {
  if (!('json' in row) || row.json.length <= LONGEST_IMPORT_ROW) return row;
  return { unreadable: `the row has more than ${LONGEST_IMPORT_ROW} characters` };
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : '');

const refused = (message: string): Problem => Problem.invalid([{ path: '', message }]);
