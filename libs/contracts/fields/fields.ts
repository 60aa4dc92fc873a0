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
 * Options of DelAuto's field decorators. Each decorator applies class-validator's decorators for the field's rules and
 * records its JSON Schema, so that validation and the published schemas agree (ADR 0021).
 */
export interface FieldOptions {
  /** An optional field may be absent. `null` is rejected unless the field is nullable. */
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

/** Options of a text field. */
export interface TextOptions extends FieldOptions {
  /** Minimum length in Unicode code points. Default 1. */
  readonly min?: number;
  /** Maximum length in Unicode code points. Default 500. */
  readonly max?: number;
  readonly pattern?: RegExp;
  /** The meaning of the pattern in words, for the error message: "must be <meaning>". */
  readonly patternMeaning?: string;
}

/** Options of a number field. Both limits are inclusive. */
export interface NumberOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

/** Options of a list field. */
export interface ListOptions extends FieldOptions {
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** In Unicode code points. */
const DEFAULT_MAX_LENGTH = 500;
const DEFAULT_MAX_ITEMS = 1000;

function defineField(
  options: FieldOptions,
  schema: () => JsonSchema,
  rules: readonly PropertyDecorator[],
): PropertyDecorator {
  const decorators = [...presenceRules(options), ...rules];
  return (prototype, name) => {
    recordField(prototype, {
      name: String(name),
      required: options.optional !== true,
      schema: () => addAnnotations(options, schema()),
    });
    for (const decorate of decorators) decorate(prototype, name);
  };
}

function addAnnotations(options: FieldOptions, schema: JsonSchema): JsonSchema {
  return {
    ...(options.nullable ? { anyOf: [schema, { type: 'null' }] } : schema),
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.example === undefined ? {} : { examples: [options.example] }),
  };
}

function toBounds(keys: readonly [string, string], min: number | undefined, max: number | undefined): JsonSchema {
  return { ...(min === undefined ? {} : { [keys[0]]: min }), ...(max === undefined ? {} : { [keys[1]]: max }) };
}

/** Approximates `isPlainText`: excludes NUL, but a pattern cannot exclude lone surrogates. */
export const PLAIN_TEXT = '^[^\\u0000]*$';

function toTextRules({ min = 1, max = DEFAULT_MAX_LENGTH, pattern, patternMeaning }: TextOptions): Rules {
  if (!pattern) return textRules(min, max);
  return textRules(min, max, { source: pattern, meaning: patternMeaning ?? `text matching ${pattern.source}` });
}

function toTextSchema(options: TextOptions): JsonSchema {
  return {
    type: 'string',
    ...toBounds(['minLength', 'maxLength'], options.min ?? 1, options.max ?? DEFAULT_MAX_LENGTH),
    pattern: options.pattern?.source ?? PLAIN_TEXT,
  };
}

/** A text field. The length is 1 to 500 characters by default. */
export function TextField(options: TextOptions = {}): PropertyDecorator {
  return defineField(options, () => toTextSchema(options), toTextRules(options)());
}

const ID: TextOptions = { max: 128, pattern: /^[A-Za-z0-9][A-Za-z0-9._~-]*$/, patternMeaning: 'an identifier' };

/** An identifier from DelAuto or a partner: letters, digits and `. _ ~ -`, at most 128 characters. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return TextField({ ...ID, ...options });
}

/** A phone number in E.164, for example `+13125550123`. */
export function PhoneField(options: FieldOptions = {}): PropertyDecorator {
  const e164 = {
    max: 16,
    pattern: /^\+[1-9][0-9]{6,14}$/,
    patternMeaning: 'a phone number in E.164, e.g. +13125550123',
  };
  return TextField({ ...e164, ...options });
}

const INSTANT_SCHEMA = { type: 'string', format: 'date-time', pattern: INSTANT.source };

/** A UTC instant as ISO 8601 text ending in `Z`, for example `2026-03-02T15:00:00Z`. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return defineField(options, () => INSTANT_SCHEMA, instantRules());
}

/**
 * The title makes generated documents define this schema once and refer to it. Validation is stricter than the schema:
 * it accepts only names in `TIME_ZONES`.
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
  return defineField(options, () => TIME_ZONE_SCHEMA, timeZoneRules());
}

const toDegreesSchema = (max: number): JsonSchema => ({ type: 'number', minimum: -max, maximum: max });
const POSITION_SCHEMA = {
  title: 'Position',
  type: 'array',
  prefixItems: [toDegreesSchema(180), toDegreesSchema(90)],
  // `maxItems` forbids a third item. `items` is for tools that support only drafts before 2020-12.
  items: toDegreesSchema(90),
  minItems: 2,
  maxItems: 2,
};

/** A GeoJSON position: `[longitude, latitude]` in degrees. */
export function PositionField(options: FieldOptions = {}): PropertyDecorator {
  return defineField(options, () => POSITION_SCHEMA, positionRules());
}

/** An integer. Any safe integer is accepted by default. */
export function IntegerField(options: NumberOptions = {}): PropertyDecorator {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  const schema = { type: 'integer', minimum: min, maximum: max };
  return defineField(options, () => schema, integerRules(min, max)());
}

/** A finite number. The range is unlimited by default. */
export function NumberField(options: NumberOptions = {}): PropertyDecorator {
  const { min, max } = options;
  const schema = { type: 'number', ...toBounds(['minimum', 'maximum'], min, max) };
  return defineField(options, () => schema, numberRules(min, max)());
}

/** A boolean. */
export function FlagField(options: FieldOptions = {}): PropertyDecorator {
  return defineField(options, () => ({ type: 'boolean' }), [IsBoolean({ message: '$property must be true or false' })]);
}

/** One of the given values. */
export function ChoiceField(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return defineField(options, () => ({ type: 'string', enum: values }), choiceRules(values)());
}

/** One nested contract object. */
export function ObjectField<T extends object>(
  contract: () => ContractClass<T>,
  options: FieldOptions = {},
): PropertyDecorator {
  return defineField(options, () => toJsonSchema(contract()), nestedRules(contract)());
}

function toListRules({ minItems, maxItems = DEFAULT_MAX_ITEMS }: ListOptions, items: Rules): PropertyDecorator[] {
  return listRules(minItems, maxItems, items);
}

function toListSchema(items: JsonSchema, options: ListOptions): JsonSchema {
  return {
    type: 'array',
    items,
    ...toBounds(['minItems', 'maxItems'], options.minItems, options.maxItems ?? DEFAULT_MAX_ITEMS),
  };
}

/** A JSON object of any shape. Only for replies and events, never for requests. */
export function AnyObjectField(options: FieldOptions = {}): PropertyDecorator {
  return defineField(options, () => ({ type: 'object' }), objectRules());
}

/** A list of nested contract objects. */
export function ObjectListField<T extends object>(
  contract: () => ContractClass<T>,
  options: ListOptions = {},
): PropertyDecorator {
  const schema = (): JsonSchema => toListSchema(toJsonSchema(contract()), options);
  return defineField(options, schema, toListRules(options, nestedRules(contract)));
}

/** A list of texts. Each item follows the rules of `TextField`. */
export function TextListField(options: ListOptions & { readonly item?: TextOptions } = {}): PropertyDecorator {
  const item = options.item ?? {};
  return defineField(options, () => toListSchema(toTextSchema(item), options), toListRules(options, toTextRules(item)));
}

/** A list whose items are among the given values. Has at most 1,000 items by default. */
export function ChoiceListField(values: readonly string[], options: ListOptions = {}): PropertyDecorator {
  const schema = { type: 'string', enum: values };
  return defineField(options, () => toListSchema(schema, options), toListRules(options, choiceRules(values)));
}
