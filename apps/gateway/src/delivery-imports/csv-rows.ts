/** A row as it goes on: a delivery as JSON text, or why it cannot be read as one. */
export type SentRow = { readonly json: string } | { readonly unreadable: string };

type Cell = (text: string) => unknown;

const asText: Cell = (text) => text;
/** What is no number stays text: the contract says what belongs there. */
const asNumber: Cell = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
const asList: Cell = (text) =>
  text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Every column there may be, with where it belongs in a delivery. The order of columns does not matter. */
const COLUMNS: Readonly<Record<string, readonly [path: readonly string[], cell: Cell]>> = {
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

/** What is wrong with a header, a sentence a column, the first 20; empty when nothing is. */
export function headerMistakes(header: readonly string[]): string[] {
  const unknown = new Set<string>();
  const doubled = new Set<string>();
  const seen = new Set<string>();
  for (const name of header) {
    // A header of 16 MB can hold millions of names.
    if (unknown.size + doubled.size === MAX_HEADER_MISTAKES) break;
    if (!Object.hasOwn(COLUMNS, name)) unknown.add(name.slice(0, 60));
    if (seen.has(name)) doubled.add(name.slice(0, 60));
    seen.add(name);
  }
  return [
    ...[...unknown].map((name) => `there is no column "${name}"; columns are: ${CSV_COLUMNS.join(', ')}`),
    ...[...doubled].map((name) => `column "${name}" stands twice`),
  ];
}

/** A record under a faultless header as a delivery. An empty cell is an absent field. */
export function rowOf(header: readonly string[], record: readonly string[]): SentRow {
  if (record.length !== header.length)
    return { unreadable: `the row has ${record.length} fields, the header ${header.length}` };
  const delivery: Record<string, unknown> = {};
  header.forEach((name, index) => {
    const cell = record[index] ?? '';
    const column = COLUMNS[name];
    if (column && cell !== '') put(delivery, column[0], column[1](cell));
  });
  return { json: JSON.stringify(delivery) };
}

function put(target: Record<string, unknown>, [field = '', ...deeper]: readonly string[], value: unknown): void {
  const [next] = deeper;
  if (next === undefined) {
    target[field] = value;
    return;
  }
  // A number names a place in a list: of positions there are two.
  target[field] ??= next === '0' || next === '1' ? [null, null] : {};
  put(target[field] as Record<string, unknown>, deeper, value);
}
