import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidationOptions,
} from './class-validator.js';
import type { ContractClass } from './field-metadata.js';
import { isInstant, isPlainText, isPosition, isTimeZone, lengthOf } from './formats.js';

/*
 * The rules of the fields as class-validator's decorators. A rule of ours is a `ValidateBy`, where class-validator has
 * none or counts differently from JSON Schema. The order in a list is the order in which the rules are checked: the first
 * that a value breaks is reported.
 */

/** Declares rules for a value, or with `each` for every item of a list. */
export type Rules = (options?: ValidationOptions) => PropertyDecorator[];

/** Conditions under which a field's rules count. The compiled reader knows these two and `IsOptional`, and no others. */
export const isGiven = (_document: unknown, value: unknown): boolean => value !== undefined;
export const isNotNull = (_document: unknown, value: unknown): boolean => value !== null;

/** Whether a field may be left out, and whether it may be `null`. */
export function presenceRules({ optional = false, nullable = false }): PropertyDecorator[] {
  const message = ({ value }: { value: unknown }): string =>
    value === undefined ? '$property is required' : '$property must not be null';
  return [...whenGiven(optional, nullable), IsDefined({ message })];
}

function whenGiven(optional: boolean, nullable: boolean): PropertyDecorator[] {
  if (optional && nullable) return [IsOptional()];
  if (optional) return [ValidateIf(isGiven)];
  return nullable ? [ValidateIf(isNotNull)] : [];
}

/** A message about the value, or about each item where the rule is checked for each. */
function told(what: string, options: ValidationOptions | undefined): ValidationOptions {
  return { ...options, message: `${options?.each === true ? 'each of ' : ''}$property must ${what}` };
}

/** Declares a rule of ours: the message about what is asked, and the numbers that `accepts` needs. */
type HouseRule = (what: string, constraints?: readonly number[]) => Rules;

/**
 * A rule that class-validator does not have. `accepts` takes any value and never throws. All uses share one constraint
 * class: one each, as `ValidateBy` makes them of a plain object, were a megabyte and a half (ADR 0021).
 */
function houseRule(name: string, accepts: (value: unknown, constraints: readonly number[]) => boolean): HouseRule {
  @ValidatorConstraint({ name })
  class HouseConstraint {
    validate(value: unknown, { constraints }: { constraints: readonly number[] }): boolean {
      return accepts(value, constraints);
    }
  }
  return (what, constraints = []) =>
    (options) => [ValidateBy({ name, constraints: [...constraints], validator: HouseConstraint }, told(what, options))];
}

/** Length in code points, as JSON Schema counts it. */
const codePointLength = houseRule('codePointLength', (text, [min = 0, max = Infinity]) => {
  if (typeof text !== 'string') return false;
  // A character is one or two units: most texts are decided without being counted.
  if (text.length < min || text.length > 2 * max) return false;
  if (text.length <= max && text.length >= 2 * min) return true;
  const length = lengthOf(text);
  return length >= min && length <= max;
});

const plainText = houseRule('isPlainText', isPlainText)('not contain NUL or half a surrogate pair');
export const instantRules = houseRule('isInstant', isInstant)('be a UTC instant such as 2026-03-02T15:00:00Z');
export const timeZoneRules = houseRule('isTimeZoneName', isTimeZone)('be an IANA time zone such as America/Chicago');
export const positionRules = houseRule('isPosition', isPosition)('be [longitude, latitude] in degrees');

/** Text of `min` to `max` characters. */
export function textRules(min: number, max: number, pattern?: { source: RegExp; meaning: string }): Rules {
  const length = codePointLength(`be ${min} to ${max} characters long`, [min, max]);
  return (options) => [
    IsString(told('be a string', options)),
    ...length(options),
    ...plainText(options),
    ...(pattern ? [Matches(pattern.source, told(`be ${pattern.meaning}`, options))] : []),
  ];
}

function rangeRules(
  min: number | undefined,
  max: number | undefined,
  options?: ValidationOptions,
): PropertyDecorator[] {
  return [
    ...(min === undefined ? [] : [Min(min, told(`not be less than ${min}`, options))]),
    ...(max === undefined ? [] : [Max(max, told(`not be greater than ${max}`, options))]),
  ];
}

export function integerRules(min: number, max: number): Rules {
  return (options) => [IsInt(told('be an integer number', options)), ...rangeRules(min, max, options)];
}

export function numberRules(min: number | undefined, max: number | undefined): Rules {
  return (options) => [IsNumber({}, told('be a number', options)), ...rangeRules(min, max, options)];
}

export function choiceRules(values: readonly string[]): Rules {
  return (options) => [IsIn(values, told(`be one of: ${values.join(', ')}`, options))];
}

/** A JSON object, neither an array nor `null`. */
export const objectRules: Rules = (options) => [IsObject(told('be an object', options))];

/** What `ValidateNested` is told in its context: class-validator itself reads the class off the instance. */
export interface NestedContext {
  readonly contract: () => ContractClass;
}

export function nestedRules(contract: () => ContractClass): Rules {
  const context: NestedContext = { contract };
  return (options) => [...objectRules(options), ValidateNested({ ...options, context })];
}

export function listRules(minItems: number | undefined, maxItems: number, items: Rules): PropertyDecorator[] {
  return [
    IsArray(told('be an array', undefined)),
    ...(minItems === undefined
      ? []
      : [ArrayMinSize(minItems, told(`contain at least ${minItems} elements`, undefined))]),
    ArrayMaxSize(maxItems, told(`contain no more than ${maxItems} elements`, undefined)),
    ...items({ each: true }),
  ];
}
