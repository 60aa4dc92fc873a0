import { INSTANT, isInstant, isPlainText, isPosition, isTimeZone, lengthOf } from './formats.js';
import { jsonSchemaOf, recordField, type ContractClass, type JsonSchema, type ReadValue } from './field-metadata.js';
import { readObject, readObjects, readValue, readValues, type Rule } from './reading.js';
import { MAX_TIME_ZONE_LENGTH, TIME_ZONE_NAME } from './time-zones.js';

/**
 * The house field decorators. One decorator a field sets how its value is read and its JSON schema (ADR 0010), so that
 * an absent nested item, an object where an array belongs and an array where an object belongs are all refused, and what
 * the documents say is what is asked.
 */
export interface FieldOptions {
  /** An optional field may be left out; `null` is refused unless the field is nullable. */
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

export interface TextOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** What the pattern asks for, in words, for the error message. */
  readonly patternMeaning?: string;
}

export interface NumberOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

export interface ListOptions extends FieldOptions {
  readonly minItems?: number;
  readonly maxItems?: number;
}

const DEFAULT_TEXT_MAX = 500;
const DEFAULT_LIST_MAX = 1000;

function field(options: FieldOptions, schema: () => JsonSchema, read: ReadValue): PropertyDecorator {
  return (prototype, name) =>
    recordField(prototype, {
      name: String(name),
      required: options.optional !== true,
      nullable: options.nullable === true,
      schema: () => describe(options, schema()),
      read,
    });
}

function describe(options: FieldOptions, schema: JsonSchema): JsonSchema {
  return {
    ...(options.nullable ? { anyOf: [schema, { type: 'null' }] } : schema),
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.example === undefined ? {} : { examples: [options.example] }),
  };
}

function bounds(keys: readonly [string, string], min: number | undefined, max: number | undefined): JsonSchema {
  return { ...(min === undefined ? {} : { [keys[0]]: min }), ...(max === undefined ? {} : { [keys[1]]: max }) };
}

/** What `isPlainText` says, as far as a pattern can: lone surrogates are no characters that a pattern could name. */
export const PLAIN_TEXT = '^[^\\u0000]*$';

function textRules(options: TextOptions): Rule[] {
  const { min = 1, max = DEFAULT_TEXT_MAX, pattern } = options;
  const fits = (text: string): boolean => {
    // A character is one or two units: most texts are decided without being counted.
    if (text.length < min || text.length > 2 * max) return false;
    if (text.length <= max && text.length >= 2 * min) return true;
    const length = lengthOf(text);
    return length >= min && length <= max;
  };
  return [
    { message: '$property must be a string', accepts: (value) => typeof value === 'string' },
    { message: `$property must be ${min} to ${max} characters long`, accepts: (value) => fits(value as string) },
    { message: '$property must not contain NUL or half a surrogate pair', accepts: isPlainText },
    ...(pattern
      ? [
          {
            message: `$property must be ${options.patternMeaning ?? `text matching ${pattern.source}`}`,
            accepts: (value: unknown) => pattern.test(value as string),
          },
        ]
      : []),
  ];
}

function textSchema(options: TextOptions): JsonSchema {
  return {
    type: 'string',
    ...bounds(['minLength', 'maxLength'], options.min ?? 1, options.max ?? DEFAULT_TEXT_MAX),
    pattern: options.pattern?.source ?? PLAIN_TEXT,
  };
}

/** Text of 1 to 500 characters unless said otherwise. */
export function TextField(options: TextOptions = {}): PropertyDecorator {
  return field(options, () => textSchema(options), readValue(textRules(options)));
}

const ID: TextOptions = { max: 128, pattern: /^[A-Za-z0-9][A-Za-z0-9._~-]*$/, patternMeaning: 'an identifier' };

/** An identifier made by DelAuto or given by a partner: letters, digits, `. _ ~ -`. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return TextField({ ...ID, ...options });
}

/** A phone number in E.164, e.g. `+13125550123`. */
export function PhoneField(options: FieldOptions = {}): PropertyDecorator {
  const pattern = {
    max: 16,
    pattern: /^\+[1-9][0-9]{6,14}$/,
    patternMeaning: 'a phone number in E.164, e.g. +13125550123',
  };
  return TextField({ ...pattern, ...options });
}

function formatField(
  options: FieldOptions,
  meaning: string,
  schema: JsonSchema,
  accepts: (value: unknown) => boolean,
): PropertyDecorator {
  return field(options, () => schema, readValue([{ message: `$property must be ${meaning}`, accepts }]));
}

const INSTANT_SCHEMA = { type: 'string', format: 'date-time', pattern: INSTANT.source };

/** A UTC instant as ISO 8601 text ending in `Z`, e.g. `2026-03-02T15:00:00Z`. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  const meaning = 'a UTC instant such as 2026-03-02T15:00:00Z';
  return formatField(options, meaning, INSTANT_SCHEMA, isInstant);
}

/** Titled, so that the documents say it once and refer to it. Validation accepts only the names in `TIME_ZONES`. */
const TIME_ZONE_SCHEMA = {
  title: 'TimeZone',
  type: 'string',
  maxLength: MAX_TIME_ZONE_LENGTH,
  pattern: TIME_ZONE_NAME.source,
  description: 'A name of the IANA time zone database, such as `America/Chicago`.',
};

/** An IANA time zone, e.g. `America/Chicago`. */
export function TimeZoneField(options: FieldOptions = {}): PropertyDecorator {
  return formatField(options, 'an IANA time zone such as America/Chicago', TIME_ZONE_SCHEMA, isTimeZone);
}

const degrees = (most: number): JsonSchema => ({ type: 'number', minimum: -most, maximum: most });
const POSITION_SCHEMA = {
  title: 'Position',
  type: 'array',
  prefixItems: [degrees(180), degrees(90)],
  // There is no third; tools of before 2020 that read only this stay within both ranges.
  items: degrees(90),
  minItems: 2,
  maxItems: 2,
};

/** A GeoJSON position: `[longitude, latitude]` in degrees. */
export function PositionField(options: FieldOptions = {}): PropertyDecorator {
  return formatField(options, '[longitude, latitude] in degrees', POSITION_SCHEMA, isPosition);
}

function rangeRules(min: number, max: number): Rule[] {
  return [
    { message: `$property must not be less than ${min}`, accepts: (value) => (value as number) >= min },
    { message: `$property must not be greater than ${max}`, accepts: (value) => (value as number) <= max },
  ];
}

export function IntegerField(options: NumberOptions = {}): PropertyDecorator {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  const schema = { type: 'integer', minimum: min, maximum: max };
  const whole: Rule = { message: '$property must be an integer number', accepts: Number.isInteger };
  return field(options, () => schema, readValue([whole, ...rangeRules(min, max)]));
}

export function NumberField(options: NumberOptions = {}): PropertyDecorator {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = options;
  const schema = { type: 'number', ...bounds(['minimum', 'maximum'], options.min, options.max) };
  const finite: Rule = { message: '$property must be a number', accepts: Number.isFinite };
  return field(options, () => schema, readValue([finite, ...rangeRules(min, max)]));
}

export function FlagField(options: FieldOptions = {}): PropertyDecorator {
  const flag: Rule = { message: '$property must be true or false', accepts: (value) => typeof value === 'boolean' };
  return field(options, () => ({ type: 'boolean' }), readValue([flag]));
}

function choiceRule(values: readonly string[]): Rule {
  const choices = new Set<unknown>(values);
  return { message: `$property must be one of: ${values.join(', ')}`, accepts: (value) => choices.has(value) };
}

export function ChoiceField(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => ({ type: 'string', enum: values }), readValue([choiceRule(values)]));
}

/** One nested contract object. */
export function ObjectField<T extends object>(
  contract: () => ContractClass<T>,
  options: FieldOptions = {},
): PropertyDecorator {
  return field(options, () => jsonSchemaOf(contract()), readObject(contract));
}

function listRules({ minItems = 0, maxItems = DEFAULT_LIST_MAX }: ListOptions): Rule[] {
  const lengthOfList = (value: unknown): number => (value as readonly unknown[]).length;
  return [
    { message: '$property must be an array', accepts: Array.isArray },
    {
      message: `$property must contain at least ${minItems} elements`,
      accepts: (value) => lengthOfList(value) >= minItems,
    },
    {
      message: `$property must contain no more than ${maxItems} elements`,
      accepts: (value) => lengthOfList(value) <= maxItems,
    },
  ];
}

function listSchema(items: JsonSchema, options: ListOptions): JsonSchema {
  return {
    type: 'array',
    items,
    ...bounds(['minItems', 'maxItems'], options.minItems, options.maxItems ?? DEFAULT_LIST_MAX),
  };
}

/** A JSON object of any shape: only for what is told, never for what is asked. */
export function AnyObjectField(options: FieldOptions = {}): PropertyDecorator {
  const object: Rule = {
    message: '$property must be an object',
    accepts: (value) => typeof value === 'object' && !Array.isArray(value),
  };
  return field(options, () => ({ type: 'object' }), readValue([object]));
}

/** A list of nested contract objects. */
export function ObjectListField<T extends object>(
  contract: () => ContractClass<T>,
  options: ListOptions = {},
): PropertyDecorator {
  const read = readObjects(listRules(options), contract);
  return field(options, () => listSchema(jsonSchemaOf(contract()), options), read);
}

/** A list of texts, each as `TextField` would take it. */
export function TextListField(options: ListOptions & { readonly item?: TextOptions } = {}): PropertyDecorator {
  const item = options.item ?? {};
  return field(options, () => listSchema(textSchema(item), options), readValues(listRules(options), textRules(item)));
}

export function ChoiceListField(values: readonly string[], options: ListOptions = {}): PropertyDecorator {
  const schema = { type: 'string', enum: values };
  return field(options, () => listSchema(schema, options), readValues(listRules(options), [choiceRule(values)]));
}
