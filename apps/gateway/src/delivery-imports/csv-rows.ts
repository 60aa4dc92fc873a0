/** A row of an import, as routing receives it: a delivery as JSON text, or the reason why the row cannot be read. */
export type ParsedRow = { readonly json: string } | { readonly unreadable: string };

type CellParser = (text: string) => unknown;

const parseText: CellParser = (text) => text;
/** Leaves text that is not a number unchanged, so that the contract reports the wrong type. */
const parseNumber: CellParser = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
const parseList: CellParser = (text) =>
  text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** All permitted columns, each with its field path in a delivery. The order of columns does not matter. */
const COLUMNS: Readonly<Record<string, readonly [path: readonly string[], parse: CellParser]>> = {
  reference: [['reference'], parseText],
  customerId: [['customerId'], parseText],
  customerName: [['customer', 'name'], parseText],
  customerPhone: [['customer', 'phone'], parseText],
  customerLanguage: [['customer', 'language'], parseText],
  customerZone: [['customer', 'zone'], parseText],
  customerAddress: [['customer', 'address'], parseText],
  customerLongitude: [['customer', 'position', '0'], parseNumber],
  customerLatitude: [['customer', 'position', '1'], parseNumber],
  customerLegalBasis: [['customer', 'legalBasis'], parseText],
  windowStart: [['window', 'start'], parseText],
  windowEnd: [['window', 'end'], parseText],
  decideBy: [['decideBy'], parseText],
  parcelDescription: [['parcel', 'description'], parseText],
  parcelWeightGrams: [['parcel', 'weightGrams'], parseNumber],
  parcelVolumeMl: [['parcel', 'volumeMl'], parseNumber],
  requires: [['requires'], parseList],
  priority: [['priority'], parseNumber],
};

export const CSV_COLUMNS = Object.keys(COLUMNS);

const MAX_HEADER_ERRORS = 20;

/** Returns the errors in a header, one for each unknown or duplicate column, at most 20. */
export function findHeaderErrors(header: readonly string[]): string[] {
  const unknown = new Set<string>();
  const duplicates = new Set<string>();
  const seenNames = new Set<string>();
  for (const name of header) {
    // Stops early, because a header can be up to 16 MB long and hold millions of names.
    if (unknown.size + duplicates.size === MAX_HEADER_ERRORS) break;
    if (!Object.hasOwn(COLUMNS, name)) unknown.add(name.slice(0, 60));
    if (seenNames.has(name)) duplicates.add(name.slice(0, 60));
    seenNames.add(name);
  }
  return [
    ...[...unknown].map((name) => `unknown column "${name}"; permitted columns: ${CSV_COLUMNS.join(', ')}`),
    ...[...duplicates].map((name) => `duplicate column "${name}"`),
  ];
}

/** Converts a record to a delivery. The header must be valid. An empty cell is an absent field. */
export function toParsedRow(header: readonly string[], record: readonly string[]): ParsedRow {
  if (record.length !== header.length)
    return { unreadable: `the row has ${record.length} fields, but the header has ${header.length}` };
  const delivery: Record<string, unknown> = {};
  header.forEach((name, index) => {
    const cell = record[index] ?? '';
    const column = COLUMNS[name];
    if (column && cell !== '') setPath(delivery, column[0], column[1](cell));
  });
  return { json: JSON.stringify(delivery) };
}

function setPath(
  target: Record<string, unknown>,
  [field = '', ...remainingPath]: readonly string[],
  value: unknown,
): void {
  const [next] = remainingPath;
  if (next === undefined) {
    target[field] = value;
    return;
  }
  // `0` and `1` are list indexes: a position is a list of two numbers.
  target[field] ??= next === '0' || next === '1' ? [null, null] : {};
  setPath(target[field] as Record<string, unknown>, remainingPath, value);
}
