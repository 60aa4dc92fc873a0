import { readerOf } from './compile-reader.js';
import type { ContractClass } from './field-metadata.js';
import type { FieldIssue, Reading, UnknownFields } from './reading.js';

export type { FieldIssue, UnknownFields } from './reading.js';

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
  const reading: Reading = { unknownFields, issues: [] };
  const instance = readerOf(contract)(json, '', reading);
  if (reading.issues.length > 0) throw new ContractViolation(contract.name, listed(reading.issues));
  return instance;
}

/** What makes a document too deep or too wide to be looked at; `undefined` for every other. */
function monstrosity(value: unknown, levels: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `must not be nested deeper than ${MOST_LEVELS} levels`;
  const children: unknown[] = Array.isArray(value) ? value : Object.values(value);
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
