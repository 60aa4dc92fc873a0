// class-transformer reads type metadata through it, whoever imports contracts first.
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { INSTANT, isInstant, isPlainText, isPosition, isTimeZone, lengthOf } from './formats.js';
import { jsonSchemaOf, recordField, type ContractClass, type JsonSchema } from './field-metadata.js';
import { TIME_ZONES } from './time-zones.js';

/**
 * The house field decorators. One decorator a field sets its validation, its transformation and its JSON schema, which
 * closes the holes class-validator leaves open when they are set apart: an absent nested item, an object where an
 * array belongs and an array where an object belongs are all refused.
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

function field(options: FieldOptions, schema: () => JsonSchema, rules: PropertyDecorator[]): PropertyDecorator {
  return (prototype, name) => {
    const property = String(name);
    recordField(prototype, { name: property, required: !options.optional, schema: () => describe(options, schema()) });
    const mayBeAbsent = (value: unknown): boolean =>
      (options.optional === true && value === undefined) || (options.nullable === true && value === null);
    ValidateIf((object: Record<string, unknown>) => !mayBeAbsent(object[property]))(prototype, name);
    IsDefined({ message: '$property is required' })(prototype, name);
    for (const rule of rules) rule(prototype, name);
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

/** What `isPlainText` says, as far as a pattern can: lone surrogates are no characters that a pattern could name. */
export const PLAIN_TEXT = '^[^\\u0000]*$';

function textRules(options: TextOptions, each: boolean): PropertyDecorator[] {
  const [min, max] = [options.min ?? 1, options.max ?? DEFAULT_TEXT_MAX];
  const subject = each ? 'each of $property' : '$property';
  const rule = (name: string, meaning: string, validate: (value: unknown) => boolean): PropertyDecorator =>
    ValidateBy({ name, validator: { validate, defaultMessage: () => `${subject} must ${meaning}` } }, { each });
  const fits = (value: unknown): boolean =>
    typeof value === 'string' && lengthOf(value) >= min && lengthOf(value) <= max;
  const rules = [
    IsString({ each }),
    rule('length', `be ${min} to ${max} characters long`, fits),
    rule('isPlainText', 'not contain NUL or half a surrogate pair', isPlainText),
  ];
  if (options.pattern) {
    const message = `${subject} must be ${options.patternMeaning ?? `text matching ${options.pattern.source}`}`;
    rules.push(Matches(options.pattern, { each, message }));
  }
  return rules;
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
  return field(options, () => textSchema(options), textRules(options, false));
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
  name: string,
  meaning: string,
  schema: JsonSchema,
  valid: (value: unknown) => boolean,
): PropertyDecorator {
  const rule = ValidateBy({
    name,
    validator: { validate: valid, defaultMessage: () => `$property must be ${meaning}` },
  });
  return field(options, () => schema, [rule]);
}

const INSTANT_SCHEMA = { type: 'string', format: 'date-time', pattern: INSTANT.source };

/** A UTC instant as ISO 8601 text ending in `Z`, e.g. `2026-03-02T15:00:00Z`. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  const meaning = 'a UTC instant such as 2026-03-02T15:00:00Z';
  return formatField(options, 'isInstant', meaning, INSTANT_SCHEMA, isInstant);
}

/** Titled, so that the documents say it once and refer to it. */
const TIME_ZONE_SCHEMA = { title: 'TimeZone', type: 'string', enum: TIME_ZONES };

/** An IANA time zone, e.g. `America/Chicago`. */
export function TimeZoneField(options: FieldOptions = {}): PropertyDecorator {
  return formatField(options, 'isTimeZone', 'an IANA time zone such as America/Chicago', TIME_ZONE_SCHEMA, isTimeZone);
}

const degrees = (most: number): JsonSchema => ({ type: 'number', minimum: -most, maximum: most });
const POSITION_SCHEMA = {
  type: 'array',
  prefixItems: [degrees(180), degrees(90)],
  // There is no third; tools of before 2020 that read only this stay within both ranges.
  items: degrees(90),
  minItems: 2,
  maxItems: 2,
};

/** A GeoJSON position: `[longitude, latitude]` in degrees. */
export function PositionField(options: FieldOptions = {}): PropertyDecorator {
  return formatField(options, 'isPosition', '[longitude, latitude] in degrees', POSITION_SCHEMA, isPosition);
}

export function IntegerField(options: NumberOptions = {}): PropertyDecorator {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  const schema = { type: 'integer', minimum: min, maximum: max };
  return field(options, () => schema, [IsInt(), Min(min), Max(max)]);
}

export function NumberField(options: NumberOptions = {}): PropertyDecorator {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = options;
  const schema = { type: 'number', ...bounds(['minimum', 'maximum'], options.min, options.max) };
  return field(options, () => schema, [IsNumber({ allowNaN: false, allowInfinity: false }), Min(min), Max(max)]);
}

export function FlagField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, () => ({ type: 'boolean' }), [IsBoolean()]);
}

export function ChoiceField(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  const message = `$property must be one of: ${values.join(', ')}`;
  return field(options, () => ({ type: 'string', enum: values }), [IsIn([...values], { message })]);
}

/** One nested contract object. */
export function ObjectField<T extends object>(
  contract: () => ContractClass<T>,
  options: FieldOptions = {},
): PropertyDecorator {
  return field(options, () => jsonSchemaOf(contract()), [Type(contract), IsObject(), ValidateNested()]);
}

function listRules(options: ListOptions): PropertyDecorator[] {
  return [IsArray(), ArrayMinSize(options.minItems ?? 0), ArrayMaxSize(options.maxItems ?? DEFAULT_LIST_MAX)];
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
  return field(options, () => ({ type: 'object' }), [IsObject()]);
}

/** A list of nested contract objects. */
export function ObjectListField<T extends object>(
  contract: () => ContractClass<T>,
  options: ListOptions = {},
): PropertyDecorator {
  const rules = [Type(contract), ...listRules(options), IsObject({ each: true }), ValidateNested({ each: true })];
  return field(options, () => listSchema(jsonSchemaOf(contract()), options), rules);
}

/** A list of texts, each as `TextField` would take it. */
export function TextListField(options: ListOptions & { readonly item?: TextOptions } = {}): PropertyDecorator {
  const item = options.item ?? {};
  return field(options, () => listSchema(textSchema(item), options), [...listRules(options), ...textRules(item, true)]);
}

export function ChoiceListField(values: readonly string[], options: ListOptions = {}): PropertyDecorator {
  const rule = IsIn([...values], { each: true, message: `each of $property must be one of: ${values.join(', ')}` });
  return field(options, () => listSchema({ type: 'string', enum: values }, options), [...listRules(options), rule]);
}
