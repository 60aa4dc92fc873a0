export interface FieldIssue {
  /** Where, e.g. `customer.phone` or `items.3.weightGrams`; empty for the document itself. */
  readonly path: string;
  /** What is wrong and what is expected. */
  readonly message: string;
}

/**
 * Whether unknown fields are an error. REST rejects them, so that a partner's misspelling is told at once; events and
 * RPC ignore them, so that versions can roll.
 */
export type UnknownFields = 'reject' | 'ignore';

/** One document being read: how strict to be, and everything that is wrong with it. */
export interface Reading {
  readonly unknownFields: UnknownFields;
  readonly issues: FieldIssue[];
}

/** Reads a parsed JSON object, which lies at `path` of the document, as an instance of its contract class. */
export type ReadObject<T extends object = object> = (json: object, path: string, reading: Reading) => T;

/** The path of a field or of a list's item. */
export const pathOf = (parent: string, name: string | number): string =>
  parent === '' ? String(name) : `${parent}.${name}`;

const MAX_SHOWN_LENGTH = 100;
const CONTROLS = /\p{Cc}/gu;

/** The issue of an undeclared field. Its name is the sender's: it is shown without control characters, and cut. */
export function unknownField(name: string, parent = ''): FieldIssue {
  const shown = name.slice(0, MAX_SHOWN_LENGTH).toWellFormed().replace(CONTROLS, '\uFFFD');
  return { path: pathOf(parent, shown), message: `property ${shown} should not exist` };
}

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reports the undeclared fields of an object where they are an error. */
export function refuseUnknown(json: object, names: ReadonlySet<string>, path: string, reading: Reading): void {
  if (reading.unknownFields === 'ignore') return;
  for (const name of Object.keys(json)) {
    if (!names.has(name)) reading.issues.push(unknownField(name, path));
  }
}
