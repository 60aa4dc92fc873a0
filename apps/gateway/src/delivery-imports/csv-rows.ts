/** A row as it is sent to routing: a delivery as JSON text, or the reason why the row cannot be read. */
export type SentRow = { readonly json: string } | { readonly unreadable: string };

type CellParser = (text: string) => unknown;

const asText: CellParser = (text) => text;
/** Leaves text that is not a number unchanged, so that the contract reports the wrong type. */
const asNumber: CellParser = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
const asList: CellParser = (text) =>
  text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** All permitted columns, each with its field path in a delivery. The order of columns does not matter. */
const COLUMNS: Readonly<Record<string, readonly [path: readonly string[], parse: CellParser]>> = {
  reference: [['reference'], asText],
  customerId: [['customerId'], asText],
  customerName: [['customer', 'name'], asText],
  customerPhone: [['customer', 'phone'], asText],
  customerLanguage: [['customer', 'language'], asText],
  customerZone: [['customer', 'zone'], asText],
  customerAddress: [['customer', 'address'], asText],
  customerLongitude: [['customer', 'position', '0'], asNumber],
  customerLatitude: [['customer', 'position', '1'], asNumber],
  customerLegalBasis: [['customer', 'legalBasis'], asText],
  windowStart: [['window', 'start'], asText],
  windowEnd: [['window', 'end'], asText],
  decideBy: [['decideBy'], asText],
  parcelDescription: [['parcel', 'description'], asText],
  parcelWeightGrams: [['parcel', 'weightGrams'], asNumber],
  parcelVolumeMl: [['parcel', 'volumeMl'], asNumber],
  requires: [['requires'], asList],
  priority: [['priority'], asNumber],
};

export const CSV_COLUMNS = Object.keys(COLUMNS);

const MAX_HEADER_MISTAKES = 20;

/** Returns the mistakes in a header, one sentence for each wrong column, at most 20. */
export function findHeaderMistakes(header: readonly string[]): string[] {
  const unknown = new Set<string>();
  const duplicates = new Set<string>();
  const seen = new Set<string>();
  for (const name of header) {
    // Stops early, because a header can be up to 16 MB long and hold millions of names.
    if (unknown.size + duplicates.size === MAX_HEADER_MISTAKES) break;
    if (!Object.hasOwn(COLUMNS, name)) unknown.add(name.slice(0, 60));
    if (seen.has(name)) duplicates.add(name.slice(0, 60));
    seen.add(name);
  }
  return [
    ...[...unknown].map((name) => `unknown column "${name}"; permitted columns: ${CSV_COLUMNS.join(', ')}`),
    ...[...duplicates].map((name) => `duplicate column "${name}"`),
  ];
}

/** Converts a record to a delivery. The header must be valid. An empty cell is an absent field. */
export function toSentRow(header: readonly string[], record: readonly string[]): SentRow {
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

function setPath(target: Record<string, unknown>, [field = '', ...rest]: readonly string[], value: unknown): void {
  const [next] = rest;
  if (next === undefined) {
    target[field] = value;
    return;
  }
  // `0` and `1` are list indexes: a position is a list of two numbers.
  target[field] ??= next === '0' || next === '1' ? [null, null] : {};
  setPath(target[field] as Record<string, unknown>, rest, value);
}
