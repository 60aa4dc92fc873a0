import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import fc from 'fast-check';
import { validJson, hostileJson } from '../testing/contracts/hostile-json.js';
import {
  AnyObjectField,
  contractRegistry,
  ContractViolation,
  toJsonSchema,
  parseContract,
  type ContractClass,
  type FieldIssue,
} from './index.js';

/*
 * Three validators define a valid document: the compiled reader (used in production), class-validator's own
 * `validateSync` on the same metadata, and the published JSON Schema, checked by Ajv. They must agree on every contract
 * and any JSON. Each permitted difference is numbered below and has a predicate.
 */
const contracts = new Map<string, ContractClass>(
  [
    ...contractRegistry.events.map(({ payload }) => payload),
    ...contractRegistry.rpcs.flatMap(({ request, reply }) => [request, reply]),
  ].map((contract) => [contract.name, contract]),
);

/** Documents per contract. Set `CONTRACT_RUNS=1000` for a longer search. */
const RUNS = Number(process.env['CONTRACT_RUNS'] ?? 8);

const ajv = new Ajv2020({ strict: false, strictNumbers: true, validateFormats: true });
addFormats.default(ajv);

/** Returns the issues that the reader reports. Empty if it accepts the document. */
function findReaderIssues(
  contract: ContractClass,
  json: unknown,
  unknownFields: 'reject' | 'ignore',
): readonly FieldIssue[] {
  try {
    parseContract(contract, json, unknownFields);
    return [];
  } catch (error) {
    if (error instanceof ContractViolation) return error.issues;
    throw error;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface NestedField {
  readonly isList: boolean;
  readonly contract: ContractClass;
}

const nestedFields = new Map<ContractClass, Map<string, NestedField>>();

/** Returns the fields of a class that hold nested objects, from class-validator's metadata. */
function getNestedFields(contract: ContractClass): Map<string, NestedField> {
  let fields = nestedFields.get(contract);
  if (!fields) {
    const metadata = getMetadataStorage().getTargetValidationMetadatas(contract, '', false, false);
    const nested = metadata.filter(({ type }) => type === 'nestedValidation');
    const toContract = (context: unknown): ContractClass => (context as { contract: () => ContractClass }).contract();
    fields = new Map(
      nested.map((rule) => [rule.propertyName, { isList: rule.each, contract: toContract(rule.context) }]),
    );
    nestedFields.set(contract, fields);
  }
  return fields;
}

/**
 * Difference 1: class-validator looks up fields in plain objects, so it treats names that objects inherit as declared.
 */
const isInherited = (name: string): boolean => name in Object.prototype;

/**
 * Creates an instance with every field of the JSON, valid or not: class-validator reads the class from the instance.
 */
function toInstance(contract: ContractClass, json: Record<string, unknown>): object {
  const instance = new contract() as Record<string, unknown>;
  for (const [name, value] of Object.entries(json)) {
    if (isInherited(name)) continue;
    instance[name] = convertValue(value, getNestedFields(contract).get(name));
  }
  return instance;
}

function convertValue(value: unknown, nested: NestedField | undefined): unknown {
  if (!nested) return value;
  if (!nested.isList) return isObject(value) ? toInstance(nested.contract, value) : value;
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => (isObject(item) ? toInstance(nested.contract, item) : item));
}

/** Difference 2: class-validator rejects instances of classes without fields, unless `forbidUnknownValues` is false. */
const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };

interface Violation {
  readonly path: string;
  readonly message: string;
  readonly constraint: string;
}

/** Returns every violation that class-validator reports, including undeclared fields. */
function findViolations(contract: ContractClass, json: unknown): Violation[] {
  // Difference 3: `validateSync` accepts only objects. The reader also handles other JSON values.
  if (!isObject(json)) return [{ path: '', message: 'must be a JSON object', constraint: 'isObject' }];
  return flattenErrors(validateSync(toInstance(contract, json), STRICT), '');
}

function flattenErrors(errors: readonly ValidationError[], parent: string): Violation[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = parent === '' ? property : `${parent}.${property}`;
    const ownViolations = Object.entries(constraints).map(([constraint, message]) => ({ path, message, constraint }));
    return [
      // Difference 4: for an item that is not an object, class-validator also reports the path of the item.
      ...ownViolations.filter(({ constraint }) => constraint !== 'nestedValidation'),
      ...flattenErrors(children, path),
    ];
  });
}

/** Whether the predicate holds for any value of a document, at any depth. */
function someValue(json: unknown, predicate: (value: unknown) => boolean): boolean {
  if (predicate(json)) return true;
  return typeof json === 'object' && json !== null && Object.values(json).some((value) => someValue(value, predicate));
}

/** Difference 5: a pattern cannot exclude lone surrogates. The reader and class-validator reject them. */
const hasLoneSurrogate = (value: unknown): boolean => typeof value === 'string' && !value.isWellFormed();
/** Difference 6: RFC 3339, and therefore Ajv, accepts leap seconds. DelAuto's clocks never produce one. */
const isLeapSecond = (value: unknown): boolean => typeof value === 'string' && value.endsWith(':60Z');
const hasInheritedName = (value: unknown): boolean => isObject(value) && Object.keys(value).some(isInherited);

/**
 * Difference 7: time zones change over time, so the schema defines only the form of names. The reader knows the names.
 */
const hasOnlyZoneIssues = (issues: readonly FieldIssue[]): boolean =>
  issues.length > 0 && issues.every(({ message }) => message.includes(' must be an IANA time zone '));

/** Difference 8: the reader lists 100 issues, and only the number of the others. */
const isTruncated = (issues: readonly FieldIssue[]): boolean => issues.length > 100;

let accepted = 0;
let rejected = 0;

/** Returns the disagreements of the three validators about one document. */
function findDisagreements(
  contract: ContractClass,
  matchesSchema: (json: unknown) => boolean,
  json: unknown,
): string[] {
  const strictIssues = findReaderIssues(contract, json, 'reject');
  const lenientIssues = findReaderIssues(contract, json, 'ignore');
  const violations = findViolations(contract, json);
  const isAccepted = strictIssues.length === 0;
  if (isAccepted) accepted++;
  else rejected++;

  const differences: string[] = [];
  const isLooserInSchema =
    hasOnlyZoneIssues(strictIssues) || someValue(json, (value) => hasLoneSurrogate(value) || isLeapSecond(value));
  if (matchesSchema(json) !== isAccepted && !(isLooserInSchema && !isAccepted))
    differences.push('the schema disagrees with the reader');
  if ((violations.length === 0) !== isAccepted && !someValue(json, hasInheritedName)) {
    differences.push('class-validator disagrees with the reader');
  }
  const ruleViolations = violations.filter(({ constraint }) => constraint !== 'whitelistValidation');
  if ((ruleViolations.length === 0) !== (lenientIssues.length === 0))
    differences.push('class-validator and the reader disagree if unknown fields are ignored');
  if (isTruncated(lenientIssues)) return differences;

  const readerPaths = new Set(lenientIssues.map(({ path }) => path));
  const onlyInValidator = ruleViolations.filter(({ path }) => !readerPaths.has(path));
  // class-validator reports every broken rule of a field, the reader only the first. The messages are equal.
  const validatorMessages = new Set(ruleViolations.map(({ path, message }) => `${path}: ${message}`));
  const onlyInReader = lenientIssues
    .map(({ path, message }) => `${path}: ${message}`)
    .filter((issue) => !validatorMessages.has(issue));
  return [
    ...differences,
    ...onlyInValidator.map(({ path, message }) => `only class-validator reports ${path}: ${message}`),
    ...onlyInReader.map((issue) => `only the reader reports ${issue}`),
  ];
}

describe('reader, class-validator and JSON schema', () => {
  it.each([...contracts])('agree on %s', (_name, contract) => {
    const schema = toJsonSchema(contract);
    const matchesSchema = ajv.compile(schema) as (json: unknown) => boolean;
    fc.assert(
      fc.property(validJson(schema), (json) => {
        expect(findReaderIssues(contract, json, 'reject')).toEqual([]);
        expect(findDisagreements(contract, matchesSchema, json)).toEqual([]);
      }),
      { numRuns: 2 },
    );
    const documents = fc.oneof(hostileJson(schema, 50), hostileJson(schema, 8));
    fc.assert(
      fc.property(documents, (json) => {
        expect(findDisagreements(contract, matchesSchema, json)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('are compared on many valid and many invalid documents', () => {
    expect(contracts.size).toBeGreaterThan(150);
    expect(accepted).toBeGreaterThan(2 * contracts.size);
    expect(rejected).toBeGreaterThan(2 * contracts.size);
  });

  it('differ on names that objects inherit, as permitted', () => {
    const [, contract] = [...contracts][0] as [string, ContractClass];
    const schema = toJsonSchema(contract);
    const [json] = fc.sample(validJson(schema), 1) as [object];
    const hostile = JSON.parse(`{"hasOwnProperty":1,${JSON.stringify(json).slice(1)}`) as object;
    expect(ajv.compile(schema)(hostile)).toBe(false);
    expect(findReaderIssues(contract, hostile, 'reject')).toEqual([
      { path: 'hasOwnProperty', message: 'property hasOwnProperty should not exist' },
    ]);
    const instance = Object.assign(toInstance(contract, hostile as Record<string, unknown>), { hasOwnProperty: 1 });
    expect(validateSync(instance, STRICT)).toEqual([]);
  });

  it('differ on very deeply nested documents and on those with very many fields, which only the reader rejects', () => {
    class Anything {
      @AnyObjectField() anything!: object;
    }
    const matchesSchema = ajv.compile(toJsonSchema(Anything));
    const wide = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`field${at}`, at]));
    let deep: object = {};
    for (let level = 0; level < 40; level++) deep = { deep };
    for (const anything of [wide, deep]) {
      expect(findReaderIssues(Anything, { anything }, 'ignore')).toHaveLength(1);
      expect(findViolations(Anything, { anything })).toEqual([]);
      expect(matchesSchema({ anything })).toBe(true);
    }
  });
});
