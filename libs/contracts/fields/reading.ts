import {
  fieldsOf,
  type ContractClass,
  type DocumentReading,
  type FieldMetadata,
  type ReadValue,
} from './field-metadata.js';

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

/** What a value must be. `$property` in its message stands for the field's name. */
export interface Rule {
  readonly message: string;
  /** Takes any value that the rules before it accepted, and never throws. */
  accepts(value: unknown): boolean;
}

/** One document being read: it knows how strict to be, and collects everything that is wrong. */
export class Reading implements DocumentReading {
  readonly issues: FieldIssue[] = [];

  constructor(private readonly unknownFields: UnknownFields) {}

  refuse(path: string, message: string): void {
    this.issues.push({ path, message: message.replace('$property', path.slice(path.lastIndexOf('.') + 1)) });
  }

  /** Fields in the order of their declaration, then those that nobody declared. */
  object<T extends object>(contract: ContractClass<T>, json: object, path: string): T {
    const { fields, names } = layoutOf(contract);
    const instance = new contract() as Record<string, unknown>;
    const source = json as Readonly<Record<string, unknown>>;
    for (const field of fields) this.field(field, source[field.name], instance, at(path, field.name));
    if (this.unknownFields === 'reject') {
      for (const name of Object.keys(source)) {
        if (!names.has(name)) this.issues.push(unknownField(name, path));
      }
    }
    return instance as T;
  }

  private field(field: FieldMetadata, value: unknown, instance: Record<string, unknown>, path: string): void {
    if (value === undefined) {
      if (field.required) this.refuse(path, '$property is required');
    } else if (value === null) {
      if (field.nullable) instance[field.name] = null;
      else this.refuse(path, '$property must not be null');
    } else {
      instance[field.name] = field.read(value, path, this);
    }
  }
}

/** What is told of a field that nobody declared. Its name is the sender's: it is shown without control characters, and cut. */
export function unknownField(name: string, parent = ''): FieldIssue {
  const shown = name.slice(0, LONGEST_SHOWN).toWellFormed().replace(CONTROLS, '\uFFFD');
  return { path: at(parent, shown), message: `property ${shown} should not exist` };
}

const LONGEST_SHOWN = 100;
const CONTROLS = /\p{Cc}/gu;

const at = (parent: string, name: string | number): string => (parent === '' ? String(name) : `${parent}.${name}`);

interface Layout {
  readonly fields: readonly FieldMetadata[];
  readonly names: ReadonlySet<string>;
}

const layouts = new WeakMap<ContractClass, Layout>();

function layoutOf(contract: ContractClass): Layout {
  let layout = layouts.get(contract);
  if (!layout) {
    const fields = fieldsOf(contract);
    layout = { fields, names: new Set(fields.map(({ name }) => name)) };
    layouts.set(contract, layout);
  }
  return layout;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A single value: the first rule that it breaks is told. */
export function readValue(rules: readonly Rule[]): ReadValue {
  return (value, path, reading) => {
    const broken = rules.find((rule) => !rule.accepts(value));
    if (broken) reading.refuse(path, broken.message);
    return value;
  };
}

/** A nested document. */
export function readObject(contract: () => ContractClass): ReadValue {
  return (value, path, reading) => {
    if (isObject(value)) return reading.object(contract(), value, path);
    reading.refuse(path, '$property must be an object');
    return undefined;
  };
}

/** A list of single values; `list` are the rules of the list itself. */
export function readValues(list: readonly Rule[], items: readonly Rule[]): ReadValue {
  const readList = readValue(list);
  return (value, path, reading) => {
    readList(value, path, reading);
    if (!Array.isArray(value)) return undefined;
    const values: readonly unknown[] = value;
    const broken = items.find((rule) => !values.every((item) => rule.accepts(item)));
    if (broken) reading.refuse(path, broken.message.replace('$property', 'each of $property'));
    return values;
  };
}

/** A list of nested documents. */
export function readObjects(list: readonly Rule[], contract: () => ContractClass): ReadValue {
  const readList = readValue(list);
  return (value, path, reading) => {
    readList(value, path, reading);
    if (!Array.isArray(value)) return undefined;
    if (!value.every(isObject)) reading.refuse(path, 'each of $property must be an object');
    return value.map((item: unknown, index) =>
      isObject(item) ? reading.object(contract(), item, at(path, index)) : undefined,
    );
  };
}
