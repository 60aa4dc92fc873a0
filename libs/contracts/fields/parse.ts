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

/**
 * Turns parsed JSON into an instance of its contract class.
 * @throws ContractViolation with every issue, never for the first only.
 */
export function parseContract<T extends object>(
  contract: ContractClass<T>,
  json: unknown,
  unknownFields: UnknownFields,
): T {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ContractViolation(contract.name, [{ path: '', message: 'must be a JSON object' }]);
  }
  const instance = plainToInstance(contract, json);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: unknownFields === 'reject',
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0)
    throw new ContractViolation(
      contract.name,
      errors.flatMap((error) => issuesOf(error, '')),
    );
  return instance;
}

function issuesOf(error: ValidationError, parent: string): FieldIssue[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => issuesOf(child, path))];
}
