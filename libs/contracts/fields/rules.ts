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
import { isInstant, isPlainText, isPosition, isTimeZone, countCodePoints } from './formats.js';

/*
 * The rules of fields as class-validator decorators. Where class-validator has no such rule or counts differently from
 * JSON Schema, a custom rule uses `ValidateBy`. Rules are checked in list order, and the first that a value breaks is
 * reported.
 */

/** Declares rules for a value, or for every item of a list with `each`. */
export type Rules = (options?: ValidationOptions) => PropertyDecorator[];

/** Condition of an optional field's rules. The compiled reader supports only it, `isNotNull` and `IsOptional`. */
export const isPresent = (_document: unknown, value: unknown): boolean => value !== undefined;
/** Condition of a nullable field's rules. */
export const isNotNull = (_document: unknown, value: unknown): boolean => value !== null;

/** Rules for whether a field may be absent and whether it may be `null`. */
export function presenceRules({ optional = false, nullable = false }): PropertyDecorator[] {
  const message = ({ value }: { value: unknown }): string =>
    value === undefined ? '$property is required' : '$property must not be null';
  return [...toConditions(optional, nullable), IsDefined({ message })];
}

function toConditions(optional: boolean, nullable: boolean): PropertyDecorator[] {
  if (optional && nullable) return [IsOptional()];
  if (optional) return [ValidateIf(isPresent)];
  return nullable ? [ValidateIf(isNotNull)] : [];
}

/** Adds the error message, which refers to the value, or to each item if the rule is checked with `each`. */
function withMessage(requirement: string, options: ValidationOptions | undefined): ValidationOptions {
  return { ...options, message: `${options?.each === true ? 'each of ' : ''}$property must ${requirement}` };
}

/** Declares a custom rule: the message "must <requirement>", and the numbers that `accepts` needs. */
type CustomRule = (requirement: string, constraints?: readonly number[]) => Rules;

/**
 * Creates a rule that class-validator does not have. `accepts` takes any value and never throws. All uses share one
 * constraint class. From a plain object, `ValidateBy` would create one class per use, which took 1.5 MB (ADR 0021).
 */
function createCustomRule(
  name: string,
  accepts: (value: unknown, constraints: readonly number[]) => boolean,
): CustomRule {
  @ValidatorConstraint({ name })
  class CustomConstraint {
    validate(value: unknown, { constraints }: { constraints: readonly number[] }): boolean {
      return accepts(value, constraints);
    }
  }
  return (requirement, constraints = []) =>
    (options) => [
      ValidateBy(
        { name, constraints: [...constraints], validator: CustomConstraint },
        withMessage(requirement, options),
      ),
    ];
}

/** Length in code points, as JSON Schema counts it. */
const codePointLength = createCustomRule('codePointLength', (text, [min = 0, max = Infinity]) => {
  if (typeof text !== 'string') return false;
  // A code point is one or two UTF-16 units, so most texts are decided without being counted.
  if (text.length < min || text.length > 2 * max) return false;
  if (text.length <= max && text.length >= 2 * min) return true;
  const length = countCodePoints(text);
  return length >= min && length <= max;
});

const plainText = createCustomRule('isPlainText', isPlainText)('not contain NUL or half a surrogate pair');
/** An instant in UTC, in ISO 8601. */
export const instantRules = createCustomRule('isInstant', isInstant)('be a UTC instant such as 2026-03-02T15:00:00Z');
/** The name of an IANA time zone. */
export const timeZoneRules = createCustomRule(
  'isTimeZoneName',
  isTimeZone,
)('be an IANA time zone such as America/Chicago');
/** A GeoJSON position. */
export const positionRules = createCustomRule('isPosition', isPosition)('be [longitude, latitude] in degrees');

/** Text of `min` to `max` Unicode code points. */
export function textRules(min: number, max: number, pattern?: { source: RegExp; meaning: string }): Rules {
  const length = codePointLength(`be ${min} to ${max} characters long`, [min, max]);
  return (options) => [
    IsString(withMessage('be a string', options)),
    ...length(options),
    ...plainText(options),
    ...(pattern ? [Matches(pattern.source, withMessage(`be ${pattern.meaning}`, options))] : []),
  ];
}

function rangeRules(
  min: number | undefined,
  max: number | undefined,
  options?: ValidationOptions,
): PropertyDecorator[] {
  return [
    ...(min === undefined ? [] : [Min(min, withMessage(`not be less than ${min}`, options))]),
    ...(max === undefined ? [] : [Max(max, withMessage(`not be greater than ${max}`, options))]),
  ];
}

/** An integer from `min` to `max`, both inclusive. */
export function integerRules(min: number, max: number): Rules {
  return (options) => [IsInt(withMessage('be an integer number', options)), ...rangeRules(min, max, options)];
}

/** A number from `min` to `max`, both inclusive and optional. */
export function numberRules(min: number | undefined, max: number | undefined): Rules {
  return (options) => [IsNumber({}, withMessage('be a number', options)), ...rangeRules(min, max, options)];
}

/** One of the values. */
export function choiceRules(values: readonly string[]): Rules {
  return (options) => [IsIn(values, withMessage(`be one of: ${values.join(', ')}`, options))];
}

/** A JSON object, neither an array nor `null`. */
export const objectRules: Rules = (options) => [IsObject(withMessage('be an object', options))];

/** Context of `ValidateNested`, for the compiled reader. class-validator itself takes the class from the instance. */
export interface NestedContext {
  readonly contract: () => ContractClass;
}

/** An object that is an instance of a nested contract class. */
export function nestedRules(contract: () => ContractClass): Rules {
  const context: NestedContext = { contract };
  return (options) => [...objectRules(options), ValidateNested({ ...options, context })];
}

/** A list of `minItems` to `maxItems` items that each follow the rules `items`. */
export function listRules(minItems: number | undefined, maxItems: number, items: Rules): PropertyDecorator[] {
  return [
    IsArray(withMessage('be an array', undefined)),
    ...(minItems === undefined
      ? []
      : [ArrayMinSize(minItems, withMessage(`contain at least ${minItems} elements`, undefined))]),
    ArrayMaxSize(maxItems, withMessage(`contain no more than ${maxItems} elements`, undefined)),
    ...items({ each: true }),
  ];
}
