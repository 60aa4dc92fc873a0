import { getReader } from './compile-reader.js';
import type { ContractClass } from './field-metadata.js';
import type { FieldIssue, Reading, UnknownFields } from './reading.js';

export type { FieldIssue, UnknownFields } from './reading.js';

/** A document violates its contract. `issues` lists every issue found. */
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

/** Limits above those of any contract, and low enough that traversal is cheap and cannot overflow the stack. */
const MAX_DEPTH = 32;
const MAX_FIELDS = 500;
/** Maximum number of listed issues. Further ones are only counted, so that the response stays readable. */
const MAX_ISSUES = 100;

/**
 * Turns parsed JSON into an instance of its contract class.
 * @throws ContractViolation with all issues, or the first 100 and the number of the others
 */
export function parseContract<T extends object>(
  contract: ContractClass<T>,
  json: unknown,
  unknownFields: UnknownFields,
): T {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ContractViolation(contract.name, [{ path: '', message: 'must be a JSON object' }]);
  }
  const excess = findExcess(json, MAX_DEPTH);
  if (excess !== undefined) throw new ContractViolation(contract.name, [{ path: '', message: excess }]);
  const reading: Reading = { unknownFields, issues: [] };
  const instance = getReader(contract)(json, '', reading);
  if (reading.issues.length > 0) throw new ContractViolation(contract.name, limitIssues(reading.issues));
  return instance;
}

/** Returns why a document is too deep or too wide to be read, or undefined if it is not. */
function findExcess(value: unknown, levels: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `must not be nested deeper than ${MAX_DEPTH} levels`;
  const children: unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (!Array.isArray(value) && children.length > MAX_FIELDS) return `must not have more than ${MAX_FIELDS} fields`;
  for (const child of children) {
    const found = findExcess(child, levels - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function limitIssues(issues: readonly FieldIssue[]): readonly FieldIssue[] {
  if (issues.length <= MAX_ISSUES) return issues;
  const more = { path: '', message: `and ${issues.length - MAX_ISSUES} more issues` };
  return [...issues.slice(0, MAX_ISSUES), more];
}
