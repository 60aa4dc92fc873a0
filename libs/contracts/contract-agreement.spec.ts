import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import fc from 'fast-check';
import { fittingJson, hostileJson } from '../testing/contracts/hostile-json.js';
import {
  AnyObjectField,
  contractRegistry,
  ContractViolation,
  jsonSchemaOf,
  parseContract,
  type ContractClass,
  type FieldIssue,
} from './index.js';

/*
 * Three say what a document must be: the compiled reader (the product), class-validator's own `validateSync` on the same
 * metadata, and the JSON Schema that partners get, through Ajv. They must agree on every contract and any JSON. Where they
 * differ, and may, a predicate below names it.
 */
const contracts = new Map<string, ContractClass>(
  [
    ...contractRegistry.events.map(({ payload }) => payload),
    ...contractRegistry.rpcs.flatMap(({ request, reply }) => [request, reply]),
  ].map((contract) => [contract.name, contract]),
);

/** Documents a contract. A search for longer: `CONTRACT_RUNS=1000`. */
const RUNS = Number(process.env['CONTRACT_RUNS'] ?? 8);

const ajv = new Ajv2020({ strict: false, strictNumbers: true, validateFormats: true });
addFormats.default(ajv);

/** What the reader finds wrong; nothing when it accepts. */
function readerIssues(
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

/** The fields of a class that hold objects, as their rules tell class-validator. */
function nestedFieldsOf(contract: ContractClass): Map<string, NestedField> {
  let fields = nestedFields.get(contract);
  if (!fields) {
    const metadata = getMetadataStorage().getTargetValidationMetadatas(contract, '', false, false);
    const nested = metadata.filter(({ type }) => type === 'nestedValidation');
    const context = (told: unknown): ContractClass => (told as { contract: () => ContractClass }).contract();
    fields = new Map(nested.map((rule) => [rule.propertyName, { isList: rule.each, contract: context(rule.context) }]));
    nestedFields.set(contract, fields);
  }
  return fields;
}

/** Difference 1: class-validator looks fields up in plain objects, and takes these for declared. */
const isInherited = (name: string): boolean => name in Object.prototype;

/** An instance with every field of the JSON, right or wrong: class-validator reads classes off instances. */
function instanceOf(contract: ContractClass, json: Record<string, unknown>): object {
  const instance = new contract() as Record<string, unknown>;
  for (const [name, value] of Object.entries(json)) {
    if (isInherited(name)) continue;
    instance[name] = convert(value, nestedFieldsOf(contract).get(name));
  }
  return instance;
}

function convert(value: unknown, nested: NestedField | undefined): unknown {
  if (!nested) return value;
  if (!nested.isList) return isObject(value) ? instanceOf(nested.contract, value) : value;
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => (isObject(item) ? instanceOf(nested.contract, item) : item));
}

/** Difference 2: class-validator takes every class without fields for a mistake, unless told that it is none. */
const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };

interface Broken {
  readonly path: string;
  readonly message: string;
  readonly constraint: string;
}

/** Every constraint that class-validator finds broken, an undeclared field's among them. */
function validatorFindings(contract: ContractClass, json: unknown): Broken[] {
  // Difference 3: `validateSync` takes objects only; what else a document may be is the reader's to say.
  if (!isObject(json)) return [{ path: '', message: 'must be a JSON object', constraint: 'isObject' }];
  return brokenIn(validateSync(instanceOf(contract, json), STRICT), '');
}

function brokenIn(errors: readonly ValidationError[], parent: string): Broken[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = parent === '' ? property : `${parent}.${property}`;
    const own = Object.entries(constraints).map(([constraint, message]) => ({ path, message, constraint }));
    return [
      // Difference 4: of an item that is no object, class-validator also complains at the item's own path.
      ...own.filter(({ constraint }) => constraint !== 'nestedValidation'),
      ...brokenIn(children, path),
    ];
  });
}

/** Whether any value of a document is such that the predicate holds. */
function some(json: unknown, holds: (value: unknown) => boolean): boolean {
  if (holds(json)) return true;
  return typeof json === 'object' && json !== null && Object.values(json).some((value) => some(value, holds));
}

/** Difference 5: a pattern cannot name half of a surrogate pair; the reader and class-validator refuse it. */
const isHalfPair = (value: unknown): boolean => typeof value === 'string' && !value.isWellFormed();
/** Difference 6: RFC 3339, and so Ajv, knows leap seconds; no clock of ours shows one. */
const isLeapSecond = (value: unknown): boolean => typeof value === 'string' && value.endsWith(':60Z');
const hasInheritedName = (value: unknown): boolean => isObject(value) && Object.keys(value).some(isInherited);

/** Difference 7: zones are data that changes, so the schema says how their names look; the reader knows which there are. */
const isOnlyZones = (issues: readonly FieldIssue[]): boolean =>
  issues.length > 0 && issues.every(({ message }) => message.includes(' must be an IANA time zone '));

/** Difference 8: the reader lists a hundred issues and counts the rest. */
const isCut = (issues: readonly FieldIssue[]): boolean => issues.length > 100;

let accepted = 0;
let refused = 0;

/** What the three do not agree on about one document. */
function disagreements(contract: ContractClass, fitsSchema: (json: unknown) => boolean, json: unknown): string[] {
  const strict = readerIssues(contract, json, 'reject');
  const lenient = readerIssues(contract, json, 'ignore');
  const findings = validatorFindings(contract, json);
  const isRead = strict.length === 0;
  if (isRead) accepted++;
  else refused++;

  const wrong: string[] = [];
  const schemaKnowsLess = isOnlyZones(strict) || some(json, (value) => isHalfPair(value) || isLeapSecond(value));
  if (fitsSchema(json) !== isRead && !(schemaKnowsLess && !isRead))
    wrong.push('the schema says otherwise than the reader');
  if ((findings.length === 0) !== isRead && !some(json, hasInheritedName)) {
    wrong.push('class-validator says otherwise than the reader');
  }
  const ofRules = findings.filter(({ constraint }) => constraint !== 'whitelistValidation');
  if ((ofRules.length === 0) !== (lenient.length === 0)) wrong.push('they differ where unknown fields are ignored');
  if (isCut(lenient)) return wrong;

  const paths = new Set(lenient.map(({ path }) => path));
  const missed = ofRules.filter(({ path }) => !paths.has(path));
  // class-validator reports every broken rule of a field, the reader the first, in the same words.
  const words = new Set(ofRules.map(({ path, message }) => `${path}: ${message}`));
  const invented = lenient.map(({ path, message }) => `${path}: ${message}`).filter((issue) => !words.has(issue));
  return [
    ...wrong,
    ...missed.map(({ path, message }) => `only class-validator reports ${path}: ${message}`),
    ...invented.map((issue) => `only the reader reports ${issue}`),
  ];
}

describe('reader, class-validator and JSON schema', () => {
  it.each([...contracts])('agree on %s', (_name, contract) => {
    const schema = jsonSchemaOf(contract);
    const fitsSchema = ajv.compile(schema) as (json: unknown) => boolean;
    fc.assert(
      fc.property(fittingJson(schema), (json) => {
        expect(readerIssues(contract, json, 'reject')).toEqual([]);
        expect(disagreements(contract, fitsSchema, json)).toEqual([]);
      }),
      { numRuns: 2 },
    );
    const documents = fc.oneof(hostileJson(schema, 50), hostileJson(schema, 8));
    fc.assert(
      fc.property(documents, (json) => expect(disagreements(contract, fitsSchema, json)).toEqual([])),
      { numRuns: RUNS },
    );
  });

  it('were held against each other on documents right and wrong', () => {
    expect(contracts.size).toBeGreaterThan(150);
    expect(accepted).toBeGreaterThan(2 * contracts.size);
    expect(refused).toBeGreaterThan(2 * contracts.size);
  });

  it('differ, as said, on names that objects inherit', () => {
    const [, contract] = [...contracts][0] as [string, ContractClass];
    const schema = jsonSchemaOf(contract);
    const [json] = fc.sample(fittingJson(schema), 1) as [object];
    const hostile = JSON.parse(`{"hasOwnProperty":1,${JSON.stringify(json).slice(1)}`) as object;
    expect(ajv.compile(schema)(hostile)).toBe(false);
    expect(readerIssues(contract, hostile, 'reject')).toEqual([
      { path: 'hasOwnProperty', message: 'property hasOwnProperty should not exist' },
    ]);
    const instance = Object.assign(instanceOf(contract, hostile as Record<string, unknown>), { hasOwnProperty: 1 });
    expect(validateSync(instance, STRICT)).toEqual([]);
  });

  it('differ, as said, on how deep and how wide a document may be: the reader alone knows an end', () => {
    class Anything {
      @AnyObjectField() anything!: object;
    }
    const fitsSchema = ajv.compile(jsonSchemaOf(Anything));
    const wide = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`field${at}`, at]));
    let deep: object = {};
    for (let level = 0; level < 40; level++) deep = { deep };
    for (const anything of [wide, deep]) {
      expect(readerIssues(Anything, { anything }, 'ignore')).toHaveLength(1);
      expect(validatorFindings(Anything, { anything })).toEqual([]);
      expect(fitsSchema({ anything })).toBe(true);
    }
  });
});
