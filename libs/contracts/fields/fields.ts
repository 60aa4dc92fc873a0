import { IsBoolean } from './class-validator.js';
import { toJsonSchema, recordField, type ContractClass, type JsonSchema } from './field-metadata.js';
import { INSTANT } from './formats.js';
import {
  choiceRules,
  instantRules,
  integerRules,
  listRules,
  nestedRules,
  numberRules,
  objectRules,
  positionRules,
  presenceRules,
  textRules,
  timeZoneRules,
  type Rules,
} from './rules.js';
import { MAX_TIME_ZONE_LENGTH, TIME_ZONE_NAME } from './time-zones.js';

/**
 * Options of the house field decorators. Each decorator applies class-validator's decorators for the field's rules and
 * records its JSON schema (ADR 0021). Validation and published schemas therefore agree: an absent nested item, an
 * object in place of an array and an array in place of an object are all rejected.
 */
export interface FieldOptions {
  /** An optional field may be absent. `null` is rejected unless the field is nullable. */
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

export interface TextOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** The meaning of the pattern in words, for the error message: "must be <meaning>". */
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

function field(
  options: FieldOptions,
  schema: () => JsonSchema,
  rules: readonly PropertyDecorator[],
): PropertyDecorator {
  const decorators = [...presenceRules(options), ...rules];
  return (prototype, name) => {
    recordField(prototype, {
      name: String(name),
      required: options.optional !== true,
      schema: () => describe(options, schema()),
    });
    for (const decorate of decorators) decorate(prototype, name);
  };
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

/** Approximates `isPlainText`: excludes NUL, but a pattern cannot exclude lone surrogates. */
export const PLAIN_TEXT = '^[^\\u0000]*$';

function toTextRules({ min = 1, max = DEFAULT_TEXT_MAX, pattern, patternMeaning }: TextOptions): Rules {
  if (!pattern) return textRules(min, max);
  return textRules(min, max, { source: pattern, meaning: patternMeaning ?? `text matching ${pattern.source}` });
}

function textSchema(options: TextOptions): JsonSchema {
  return {
    type: 'string',
    ...bounds(['minLength', 'maxLength'], options.min ?? 1, options.max ?? DEFAULT_TEXT_MAX),
    pattern: options.pattern?.source ?? PLAIN_TEXT,
  };
}

/** A text field. The length is 1 to 500 characters by default. */
export function TextField(options: TextOptions = {}): PropertyDecorator {
  return field(options, () => textSchema(options), toTextRules(options)());
}

const ID: TextOptions = { max: 128, pattern: /^[A-Za-z0-9][A-Za-z0-9._~-]*$/, patternMeaning: 'an identifier' };

/** An identifier from DelAuto or a partner: letters, digits and `. _ ~ -`, at most 128 characters. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return TextField({ ...ID, ...options });
}

/** A phone number in E.164, for example `+13125550123`. */
export function PhoneField(options: FieldOptions = {}): PropertyDecorator {
  const pattern = {
    max: 16,
    pattern: /^\+[1-9][0-9]{6,14}$/,
    patternMeaning: 'a phone number in E.164, e.g. +13125550123',
  };
  return TextField({ ...pattern, ...options });
}

const INSTANT_SCHEMA = { type: 'string', format: 'date-time', pattern: INSTANT.source };

/** A UTC instant as ISO 8601 text ending in `Z`, for example `2026-03-02T15:00:00Z`. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => INSTANT_SCHEMA, instantRules());
}

/**
 * Has a title, so that generated documents define it once and refer to it. Validation accepts only names in
 * `TIME_ZONES`.
 */
const TIME_ZONE_SCHEMA = {
  title: 'TimeZone',
  type: 'string',
  maxLength: MAX_TIME_ZONE_LENGTH,
  pattern: TIME_ZONE_NAME.source,
  description: 'A name of the IANA time zone database, such as `America/Chicago`.',
};

/** An IANA time zone, for example `America/Chicago`. */
export function TimeZoneField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => TIME_ZONE_SCHEMA, timeZoneRules());
}

const degrees = (max: number): JsonSchema => ({ type: 'number', minimum: -max, maximum: max });
const POSITION_SCHEMA = {
  title: 'Position',
  type: 'array',
  prefixItems: [degrees(180), degrees(90)],
  // There is no third item. Tools for drafts before 2020-12 read only `items`, and 90 is within both ranges.
  items: degrees(90),
  minItems: 2,
  maxItems: 2,
};

/** A GeoJSON position: `[longitude, latitude]` in degrees. */
export function PositionField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => POSITION_SCHEMA, positionRules());
}

/** An integer. Any safe integer is accepted by default. */
export function IntegerField(options: NumberOptions = {}): PropertyDecorator {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  const schema = { type: 'integer', minimum: min, maximum: max };
  return field(options, () => schema, integerRules(min, max)());
}

/** A finite number. The range is unlimited by default. */
export function NumberField(options: NumberOptions = {}): PropertyDecorator {
  const { min, max } = options;
  const schema = { type: 'number', ...bounds(['minimum', 'maximum'], min, max) };
  return field(options, () => schema, numberRules(min, max)());
}

/** A boolean. */
export function FlagField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => ({ type: 'boolean' }), [IsBoolean({ message: '$property must be true or false' })]);
}

/** One of the given values. */
export function ChoiceField(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => ({ type: 'string', enum: values }), choiceRules(values)());
}

/** One nested contract object. */
export function ObjectField<T extends object>(
  contract: () => ContractClass<T>,
  options: FieldOptions = {},
): PropertyDecorator {
  return field(options, () => toJsonSchema(contract()), nestedRules(contract)());
}

function toListRules({ minItems, maxItems = DEFAULT_LIST_MAX }: ListOptions, items: Rules): PropertyDecorator[] {
  return listRules(minItems, maxItems, items);
}

function listSchema(items: JsonSchema, options: ListOptions): JsonSchema {
  return {
    type: 'array',
    items,
    ...bounds(['minItems', 'maxItems'], options.minItems, options.maxItems ?? DEFAULT_LIST_MAX),
  };
}

/** A JSON object of any shape. Only for replies and events, never for requests. */
export function AnyObjectField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => ({ type: 'object' }), objectRules());
}

/** A list of nested contract objects. */
export function ObjectListField<T extends object>(
  contract: () => ContractClass<T>,
  options: ListOptions = {},
): PropertyDecorator {
  const schema = (): JsonSchema => listSchema(toJsonSchema(contract()), options);
  return field(options, schema, toListRules(options, nestedRules(contract)));
}

/** A list of texts. Each item follows the rules of `TextField`. */
export function TextListField(options: ListOptions & { readonly item?: TextOptions } = {}): PropertyDecorator {
  const item = options.item ?? {};
  return field(options, () => listSchema(textSchema(item), options), toListRules(options, toTextRules(item)));
}

/** A list whose items are among the given values. Has at most 1,000 items by default. */
export function ChoiceListField(values: readonly string[], options: ListOptions = {}): PropertyDecorator {
  const schema = { type: 'string', enum: values };
  return field(options, () => listSchema(schema, options), toListRules(options, choiceRules(values)));
}
