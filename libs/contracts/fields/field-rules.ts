import {
  getMetadataStorage,
  IS_OPTIONAL,
  ValidationTypes,
  ValidationUtils,
  type ConstraintMetadata,
  type ValidationArguments,
  type ValidationMetadata,
} from './class-validator.js';
import { isObject } from './reading.js';
import { isPresent, isNotNull, type NestedContext } from './rules.js';

/** A compiled rule: one constraint of class-validator's metadata. */
export interface Rule {
  accepts(value: unknown): boolean;
  /** Returns class-validator's message for a value that the rule does not accept. */
  toMessage(value: unknown): string;
}

/** The rules of one field from class-validator's metadata, grouped by what they apply to. */
export interface FieldRules {
  readonly mayBeAbsent: boolean;
  readonly mayBeNull: boolean;
  /** Rules that report a value that is absent or null and must not be. */
  readonly presence: readonly Rule[];
  /** Rules of the value itself, in declaration order. */
  readonly valueRules: readonly Rule[];
  /** Rules of every item of a list. */
  readonly itemRules: readonly Rule[];
  readonly isList: boolean;
  readonly nested: NestedContext['contract'] | undefined;
}

/**
 * Groups the metadata of one field.
 * @throws Error if a rule is asynchronous or depends on more than the value: a compiled reader does not support it
 */
export function toFieldRules(metadata: readonly ValidationMetadata[]): FieldRules {
  const { CONDITIONAL_VALIDATION, IS_DEFINED, NESTED_VALIDATION } = ValidationTypes;
  const conditions = metadata.filter(({ type }) => type === CONDITIONAL_VALIDATION).map(toCondition);
  const nested = metadata.find(({ type }) => type === NESTED_VALIDATION);
  const presence = metadata.filter(({ type }) => type === IS_DEFINED);
  const others = metadata.filter(
    ({ type }) => type !== CONDITIONAL_VALIDATION && type !== IS_DEFINED && type !== NESTED_VALIDATION,
  );
  return {
    mayBeAbsent: conditions.some((condition) => condition === 'optional' || condition === isPresent),
    mayBeNull: conditions.some((condition) => condition === 'optional' || condition === isNotNull),
    presence: presence.map(toRule),
    valueRules: others.filter(({ each }) => !each).map(toRule),
    itemRules: others.filter(({ each }) => each).map(toRule),
    isList: metadata.some(({ each }) => each),
    nested: (nested?.context as NestedContext | undefined)?.contract,
  };
}

function toCondition(metadata: ValidationMetadata): 'optional' | typeof isPresent {
  const condition: unknown = metadata.constraints[0];
  if (metadata.name === IS_OPTIONAL) return 'optional';
  if (condition === isPresent) return isPresent;
  if (condition === isNotNull) return isNotNull;
  throw createUnsupportedRuleError(metadata, 'a custom condition');
}

/**
 * Faster equivalents of class-validator's checks, by constraint name. Each accepts the same JSON values. Other
 * constraints, including DelAuto's own, are checked by their validator instance.
 */
const FAST_CHECKS: Readonly<Record<string, (constraint: unknown) => (value: unknown) => boolean>> = {
  isDefined: () => (value) => value !== undefined && value !== null,
  isString: () => (value) => typeof value === 'string',
  isBoolean: () => (value) => typeof value === 'boolean',
  isInt: () => Number.isInteger,
  isNumber: () => Number.isFinite,
  isArray: () => Array.isArray,
  isObject: () => isObject,
  min: (min) => (value) => typeof value === 'number' && value >= (min as number),
  max: (max) => (value) => typeof value === 'number' && value <= (max as number),
  arrayMinSize: (min) => (value) => Array.isArray(value) && value.length >= (min as number),
  arrayMaxSize: (max) => (value) => Array.isArray(value) && value.length <= (max as number),
  isIn(values) {
    const choices = new Set(values as readonly unknown[]);
    return (value) => choices.has(value);
  },
  matches: (pattern) => (value) => typeof value === 'string' && (pattern as RegExp).test(value),
};

function toRule(metadata: ValidationMetadata): Rule {
  const constraint = getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls)[0];
  if (!constraint) throw createUnsupportedRuleError(metadata, `a rule of type ${metadata.type}`);
  const { groups, validateIf } = metadata as Partial<ValidationMetadata>;
  if (constraint.async || validateIf || groups?.length)
    throw createUnsupportedRuleError(metadata, `${constraint.name} that is asynchronous or conditional`);
  const constraints = (metadata.constraints as unknown[] | undefined) ?? [];
  return {
    accepts: FAST_CHECKS[constraint.name]?.(constraints[0]) ?? toConstraintCheck(metadata, constraint),
    toMessage: (value) => formatMessage(metadata, constraint, value),
  };
}

function toConstraintCheck(metadata: ValidationMetadata, { instance }: ConstraintMetadata): Rule['accepts'] {
  const argumentsWithoutValue = toValidationArguments(metadata, undefined);
  return (value) => instance.validate(value, argumentsWithoutValue) === true;
}

function formatMessage(metadata: ValidationMetadata, constraint: ConstraintMetadata, value: unknown): string {
  const validationArguments = toValidationArguments(metadata, value);
  const message = metadata.message || (constraint.instance.defaultMessage?.(validationArguments) ?? '');
  return ValidationUtils.replaceMessageSpecialTokens(message, validationArguments);
}

function toValidationArguments(metadata: ValidationMetadata, value: unknown): ValidationArguments {
  const { propertyName: property, constraints = [] } = metadata as Partial<ValidationMetadata> & ValidationMetadata;
  return { value, property, constraints, targetName: toClassName(metadata), object: {} };
}

const toClassName = ({ target }: ValidationMetadata): string => (typeof target === 'string' ? target : target.name);

function createUnsupportedRuleError(metadata: ValidationMetadata, feature: string): Error {
  return new Error(`${toClassName(metadata)}.${metadata.propertyName}: compiled readers do not support ${feature}.`);
}
