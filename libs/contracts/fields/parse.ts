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

/** Levels of nesting. More than any contract has, and few enough that traversal cannot overflow the stack. */
const MAX_DEPTH = 32;
/** Fields of one object. More than any contract has, and few enough that traversal is cheap. */
const MAX_FIELDS = 500;
/** Maximum number of listed issues. Of the others, only the number is reported, so that the response stays readable. */
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

/** Returns the limit that a document exceeds, as an error message, or undefined if it exceeds none. */
function findExcess(value: unknown, levelsLeft: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levelsLeft === 0) return `must not be nested deeper than ${MAX_DEPTH} levels`;
  const children: unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (!Array.isArray(value) && children.length > MAX_FIELDS) return `must not have more than ${MAX_FIELDS} fields`;
  for (const child of children) {
    const excess = findExcess(child, levelsLeft - 1);
    if (excess !== undefined) return excess;
  }
  return undefined;
}

function limitIssues(issues: readonly FieldIssue[]): readonly FieldIssue[] {
  if (issues.length <= MAX_ISSUES) return issues;
  const remainder = { path: '', message: `and ${issues.length - MAX_ISSUES} more issues` };
  return [...issues.slice(0, MAX_ISSUES), remainder];
}
