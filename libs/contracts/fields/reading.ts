/** One field that violates its contract. */
export interface FieldIssue {
  /** Path of the field, for example `customer.phone` or `items.3.weightGrams`. Empty for the document itself. */
  readonly path: string;
  /** The broken rule, for example `count must be an integer number`. */
  readonly message: string;
}

/**
 * Whether unknown fields are an error. REST rejects them, so that partners learn of a misspelled field at once. Events
 * and RPCs ignore them, so that apps of different versions can run side by side during a deployment.
 */
export type UnknownFields = 'reject' | 'ignore';

/** State of reading one document: how to treat unknown fields, and the issues found so far. */
export interface Reading {
  readonly unknownFields: UnknownFields;
  readonly issues: FieldIssue[];
}

/** Reads the parsed JSON object at `path` of the document as an instance of its contract class. */
export type ReadObject<T extends object = object> = (json: object, path: string, reading: Reading) => T;

/** Returns the path of a field or of a list item. */
export const toFieldPath = (parent: string, name: string | number): string =>
  parent === '' ? String(name) : `${parent}.${name}`;

/** In UTF-16 code units. */
const MAX_SHOWN_LENGTH = 100;
const CONTROL_CHARACTERS = /\p{Cc}/gu;

/**
 * Creates the issue of an undeclared field. The name comes from the sender: it is truncated and stripped of control
 * characters.
 */
export function toUnknownFieldIssue(name: string, parent = ''): FieldIssue {
  const shownName = name.slice(0, MAX_SHOWN_LENGTH).toWellFormed().replace(CONTROL_CHARACTERS, '\uFFFD');
  return { path: toFieldPath(parent, shownName), message: `property ${shownName} should not exist` };
}

/** Whether a value is an object, neither an array nor `null`. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reports the undeclared fields of an object, unless they are ignored. */
export function reportUnknownFields(json: object, names: ReadonlySet<string>, path: string, reading: Reading): void {
  if (reading.unknownFields === 'ignore') return;
  for (const name of Object.keys(json)) {
    if (!names.has(name)) reading.issues.push(toUnknownFieldIssue(name, path));
  }
}
