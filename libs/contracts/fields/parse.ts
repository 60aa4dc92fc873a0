import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { ContractClass } from './field-metadata.js';

export interface FieldIssue {
  /** Where, e.g. `customer.phone` or `items.3.weightGrams`; empty for the document itself. */
  readonly path: string;
  /** What is wrong and what is expected. */
  readonly message: string;
}

/** A document that does not fit its contract, with every issue found. */
export class ContractViolation extends Error {
  readonly code = 'contract_violation';

  constructor(
    readonly contract: string,
    readonly issues: readonly FieldIssue[],
  ) {
    super(
      `${contract}: ${issues.map(({ path, message }) => (path.includes('.') ? `${path}: ${message}` : message)).join('; ')}`,
    );
    this.name = 'ContractViolation';
  }
}

/**
 * Whether unknown fields are an error. REST rejects them, so that a partner's misspelling is told at once; events and
 * RPC ignore them, so that versions can roll.
 */
export type UnknownFields = 'reject' | 'ignore';

/** Deeper and wider than any contract, and far from where walking it would cost anything or overflow the stack. */
const MOST_LEVELS = 32;
const MOST_FIELDS = 500;
/** More are counted, not listed: an answer is read by somebody. */
const MOST_ISSUES = 100;

/**
 * Turns parsed JSON into an instance of its contract class.
 * @throws ContractViolation with every issue (of hundreds, the first hundred), never for the first only.
 */
export function parseContract<T extends object>(
  contract: ContractClass<T>,
  json: unknown,
  unknownFields: UnknownFields,
): T {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ContractViolation(contract.name, [{ path: '', message: 'must be a JSON object' }]);
  }
  const monstrous = monstrosity(json, MOST_LEVELS);
  if (monstrous !== undefined) throw new ContractViolation(contract.name, [{ path: '', message: monstrous }]);
  const instance = plainToInstance(contract, json);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: unknownFields === 'reject',
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0) throw new ContractViolation(contract.name, listed(errors.flatMap((e) => issuesOf(e, ''))));
  return instance;
}

/** What makes a document too deep or too wide to be looked at; `undefined` for every other. */
function monstrosity(value: unknown, levels: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `must not be nested deeper than ${MOST_LEVELS} levels`;
  const children = Object.values(value);
  if (!Array.isArray(value) && children.length > MOST_FIELDS) return `must not have more than ${MOST_FIELDS} fields`;
  for (const child of children) {
    const found = monstrosity(child, levels - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function listed(issues: readonly FieldIssue[]): readonly FieldIssue[] {
  if (issues.length <= MOST_ISSUES) return issues;
  const more = { path: '', message: `and ${issues.length - MOST_ISSUES} more issues` };
  return [...issues.slice(0, MOST_ISSUES), more];
}

function issuesOf(error: ValidationError, parent: string): FieldIssue[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => issuesOf(child, path))];
}
