import fc from 'fast-check';
import { PLAIN_TEXT, TIME_ZONES, type JsonSchema } from '#libs/contracts/fields/index.js';

/*
 * JSON that almost matches a contract's schema, for property tests: any value may be replaced by one that an attacker
 * could send to break the parser, and any object may have undeclared fields.
 */

/** Placeholder for a number too large for a double. JSON text can contain one, but a JavaScript value cannot. */
const HUGE_NUMBER = 'a number too large';

const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '$where',
  '',
  'ключ',
  'a\0b',
  '\ud800',
  '0',
];

const EDGE_CASES: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 53,
  -(2 ** 60),
  1e308,
  5e-324,
  HUGE_NUMBER,
  [],
  {},
  [[]],
  [{}],
  [null],
  [[{}]],
  '',
  ' ',
  '\0',
  '\ud83d',
  '\udc4d\ud83d',
  '👍',
  '❤️',
  'e\u0301',
  '\u202e',
  '\u2028',
  'NaN',
  'Infinity',
  '-0',
  '1e9',
  'null',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  '../..',
  '{"a":1}',
  'x'.repeat(501),
  '+1 312 555 0123',
  '2026-02-30T00:00:00Z',
  '2026-12-31T23:59:60Z',
  '2026-03-02T24:00:00Z',
  '２026-03-02T15:00:00Z',
  '2026-03-02',
  { length: 3 },
  { 0: 'a' },
  { $gt: '' },
  { toJSON: 1 },
  { then: 1 },
  [0, 0],
  [181, 0],
  [0, 0, 0],
  ['0', '0'],
  ['a'],
  Array<string>(1_001).fill('a'),
);

const deeplyNested = fc.integer({ min: 1, max: 20 }).map((levels) => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { deep: value };
  return value;
});

const hostile = fc.oneof(
  { weight: 6, arbitrary: EDGE_CASES },
  { weight: 1, arbitrary: deeplyNested },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const PLAIN_TEXTS = fc.string({ unit: 'grapheme', maxLength: 20 });

/** A hostile value replaces about one in this many valid values. */
type Chance = number | 'never';

const mixWithHostile = (valid: fc.Arbitrary<unknown>, chance: Chance): fc.Arbitrary<unknown> =>
  chance === 'never' ? valid : fc.oneof({ weight: chance, arbitrary: valid }, { weight: 1, arbitrary: hostile });

function toArbitrary(schema: JsonSchema, chance: Chance): fc.Arbitrary<unknown> {
  const { anyOf, enum: choices } = schema as { anyOf?: JsonSchema[]; enum?: unknown[] };
  if (anyOf) return fc.oneof(...anyOf.map((option) => toArbitrary(option, chance)));
  if (choices) return mixWithHostile(fc.constantFrom(...choices), chance);
  // The schema describes the format of time zone names, but does not list the existing ones.
  if (schema['title'] === 'TimeZone') return mixWithHostile(fc.constantFrom(...TIME_ZONES), chance);
  return mixWithHostile(toValidArbitrary(schema, chance), chance);
}

interface Bounds {
  type: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
}

function toValidArbitrary(schema: JsonSchema, chance: Chance): fc.Arbitrary<unknown> {
  const { type, minimum, maximum, minItems = 0, maxItems = 2, items = {}, prefixItems } = schema as unknown as Bounds;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.max(minimum ?? 0, -(2 ** 31)), max: Math.min(maximum ?? 9, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: minimum ?? -1e6, max: maximum ?? 1e6, noNaN: true });
    case 'string':
      return toTextArbitrary(schema as unknown as Bounds);
    case 'array':
      if (prefixItems) return fc.tuple(...prefixItems.map((item) => toArbitrary(item, chance)));
      return fc.array(toArbitrary(items, chance), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 2) });
    default:
      return toObjectArbitrary(schema, chance);
  }
}

function toTextArbitrary({ pattern, format, minLength = 0, maxLength = 500 }: Bounds): fc.Arbitrary<unknown> {
  if (format === 'date-time') {
    const [min, max] = [new Date('1970-01-01T00:00:00Z'), new Date('2099-12-31T23:59:59Z')];
    return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
  }
  return generateMatchingTexts(pattern).filter(
    (text) => text.isWellFormed() && [...text].length >= minLength && [...text].length <= maxLength,
  );
}

const arbitraryByPattern = new Map<string, fc.Arbitrary<string>>();

/** Texts that match a pattern. Cached, because a class such as `[^x]` becomes a table of all characters. */
function generateMatchingTexts(pattern = PLAIN_TEXT): fc.Arbitrary<string> {
  if (pattern === PLAIN_TEXT) return PLAIN_TEXTS;
  const texts = arbitraryByPattern.get(pattern) ?? fc.stringMatching(new RegExp(pattern, 'u'));
  arbitraryByPattern.set(pattern, texts);
  return texts;
}

function toObjectArbitrary(schema: JsonSchema, chance: Chance): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, JsonSchema>; required?: string[] };
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, fieldSchema]) => [name, toArbitrary(fieldSchema, chance)]),
  );
  const validObject = fc.record(fields, { requiredKeys: required, noNullPrototype: true });
  if (chance === 'never') return validObject;
  const removedIndex = fc.oneof(
    { weight: chance, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.nat() },
  );
  const added = fc.oneof(
    { weight: chance, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(fc.constantFrom(...HOSTILE_NAMES), hostile), { maxLength: 2 }) },
  );
  return fc.tuple(validObject, removedIndex, added).map(([json, index, extra]) => mutate(json, index, extra));
}

/** Removes a field from an object and adds fields with hostile names. */
function mutate(
  json: object,
  removedIndex: number | undefined,
  extra: readonly (readonly [string, unknown])[],
): unknown {
  const entries = Object.entries(json).filter(
    (_entry, at, all) => removedIndex === undefined || at !== removedIndex % all.length,
  );
  const object = {};
  for (const [name, value] of [...entries, ...extra]) {
    // An assignment to `__proto__` would not create a field.
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/** Serializes and parses the value, as on the wire. */
function parseAsJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_name, part: unknown) =>
    part === HUGE_NUMBER ? (JSON.parse('1e400') as number) : part,
  );
}

/** Generates documents that match the schema. */
export const validJson = (schema: JsonSchema): fc.Arbitrary<unknown> => toArbitrary(schema, 'never').map(parseAsJson);

/** Generates documents in which about one of `chance` values is hostile. */
export const hostileJson = (schema: JsonSchema, chance: number): fc.Arbitrary<unknown> =>
  toArbitrary(schema, chance).map(parseAsJson);
