/** Why a text is no CSV, and at which line of it. */
export class CsvSyntaxError extends Error {
  constructor(
    readonly line: number,
    readonly expected: string,
  ) {
    super(`Line ${line}: ${expected}.`);
    this.name = 'CsvSyntaxError';
  }
}

const QUOTE = '"';
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The records of a CSV text by RFC 4180: fields are separated by commas, records by CRLF or LF; a field with a comma, a
 * quote or a line break is quoted, and a quote in it doubled. Spaces belong to their field. Blank lines are no records,
 * and a byte order mark is no part of the first field.
 * @throws CsvSyntaxError for a quote where none can be
 */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let line = 1;
  let at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (at < text.length) {
    const field = text[at] === QUOTE ? quotedField(text, at, line) : plainField(text, at, line);
    record.push(field.value);
    line += field.lines;
    at = field.end;
    if (text[at] === ',') {
      at += 1;
      // A comma at the very end is followed by an empty field.
      if (at === text.length) record.push('');
      else if (!isLineBreak(text, at)) continue;
      else record.push('');
    }
    at += lineBreakLength(text, at);
    line += 1;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  return records;
}

interface Field {
  readonly value: string;
  /** The index after it: of a comma, of a line break, or the text's length. */
  readonly end: number;
  /** Line breaks within it. */
  readonly lines: number;
}

function plainField(text: string, start: number, line: number): Field {
  let end = start;
  while (end < text.length && text[end] !== ',' && !isLineBreak(text, end)) {
    if (text[end] === QUOTE) throw new CsvSyntaxError(line, 'a field with a quote in it must be quoted whole');
    end += 1;
  }
  return { value: text.slice(start, end), end, lines: 0 };
}

function quotedField(text: string, start: number, line: number): Field {
  let value = '';
  for (let from = start + 1; ;) {
    const quote = text.indexOf(QUOTE, from);
    if (quote < 0) throw new CsvSyntaxError(line, 'a quoted field is not closed');
    value += text.slice(from, quote);
    if (text[quote + 1] !== QUOTE) {
      const end = quote + 1;
      if (end < text.length && text[end] !== ',' && !isLineBreak(text, end))
        throw new CsvSyntaxError(line, 'after a quoted field comes a comma or the line’s end');
      return { value, end, lines: value.split('\n').length - 1 };
    }
    value += QUOTE;
    from = quote + 2;
  }
}

const isLineBreak = (text: string, at: number): boolean => lineBreakLength(text, at) > 0;

/** A carriage return alone is text like any other. */
function lineBreakLength(text: string, at: number): number {
  if (text[at] === '\n') return 1;
  return text[at] === '\r' && text[at + 1] === '\n' ? 2 : 0;
}
