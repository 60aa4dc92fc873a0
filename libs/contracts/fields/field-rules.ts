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
import { isGiven, isNotNull, type NestedContext } from './rules.js';

/** One constraint of class-validator's metadata, ready to be checked. */
export interface Rule {
  accepts(value: unknown): boolean;
  /** The message of class-validator about a value that the rule does not accept. */
  messageAbout(value: unknown): string;
}

/** What class-validator's metadata say of one field, sorted by what it is about. */
export interface FieldRules {
  readonly mayBeAbsent: boolean;
  readonly mayBeNull: boolean;
  /** Checked when the value is absent or null, and may not be. */
  readonly presence: readonly Rule[];
  /** The rules of the value itself, in the order of their declaration. */
  readonly own: readonly Rule[];
  /** The rules of every item of a list. */
  readonly ofItems: readonly Rule[];
  readonly isList: boolean;
  readonly nested: NestedContext['contract'] | undefined;
}

/**
 * Sorts the metadata of one field.
 * @throws Error when a rule depends on more than the value, or is asynchronous: a reader compiled once cannot follow it
 */
export function fieldRulesOf(metadata: readonly ValidationMetadata[]): FieldRules {
  const { CONDITIONAL_VALIDATION, IS_DEFINED, NESTED_VALIDATION } = ValidationTypes;
  const conditions = metadata.filter(({ type }) => type === CONDITIONAL_VALIDATION).map(conditionOf);
  const nested = metadata.find(({ type }) => type === NESTED_VALIDATION);
  const presence = metadata.filter(({ type }) => type === IS_DEFINED);
  const others = metadata.filter(
    ({ type }) => type !== CONDITIONAL_VALIDATION && type !== IS_DEFINED && type !== NESTED_VALIDATION,
  );
  return {
    mayBeAbsent: conditions.some((condition) => condition === 'optional' || condition === isGiven),
    mayBeNull: conditions.some((condition) => condition === 'optional' || condition === isNotNull),
    presence: presence.map(ruleOf),
    own: others.filter(({ each }) => !each).map(ruleOf),
    ofItems: others.filter(({ each }) => each).map(ruleOf),
    isList: metadata.some(({ each }) => each),
    nested: (nested?.context as NestedContext | undefined)?.contract,
  };
}

function conditionOf(metadata: ValidationMetadata): 'optional' | typeof isGiven {
  const condition: unknown = metadata.constraints[0];
  if (metadata.name === IS_OPTIONAL) return 'optional';
  if (condition === isGiven) return isGiven;
  if (condition === isNotNull) return isNotNull;
  throw unreadable(metadata, 'conditions of its own');
}

/**
 * The checks of class-validator by constraint name, written to cost less: each accepts the same JSON values. Other
 * constraints, ours among them, are asked themselves.
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

function ruleOf(metadata: ValidationMetadata): Rule {
  const constraint = getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls)[0];
  if (!constraint) throw unreadable(metadata, `a rule of type ${metadata.type}`);
  const { groups, validateIf } = metadata as Partial<ValidationMetadata>;
  if (constraint.async || validateIf || groups?.length) throw unreadable(metadata, `${constraint.name} at times only`);
  const constraints = (metadata.constraints as unknown[] | undefined) ?? [];
  return {
    accepts: FAST_CHECKS[constraint.name]?.(constraints[0]) ?? askConstraint(metadata, constraint),
    messageAbout: (value) => messageOf(metadata, constraint, value),
  };
}

function askConstraint(metadata: ValidationMetadata, { instance }: ConstraintMetadata): Rule['accepts'] {
  const noValue = argumentsAbout(metadata, undefined);
  return (value) => instance.validate(value, noValue) === true;
}

function messageOf(metadata: ValidationMetadata, constraint: ConstraintMetadata, value: unknown): string {
  const about = argumentsAbout(metadata, value);
  const message = metadata.message || (constraint.instance.defaultMessage?.(about) ?? '');
  return ValidationUtils.replaceMessageSpecialTokens(message, about);
}

function argumentsAbout(metadata: ValidationMetadata, value: unknown): ValidationArguments {
  const { propertyName: property, constraints = [] } = metadata as Partial<ValidationMetadata> & ValidationMetadata;
  return { value, property, constraints, targetName: nameOf(metadata), object: {} };
}

const nameOf = ({ target }: ValidationMetadata): string => (typeof target === 'string' ? target : target.name);

function unreadable(metadata: ValidationMetadata, what: string): Error {
  return new Error(`${nameOf(metadata)}.${metadata.propertyName}: a compiled reader cannot follow ${what}.`);
}
