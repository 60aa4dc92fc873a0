import { ContractViolation, getFields, parseContract, type ContractClass } from '#libs/contracts/fields/index.js';

/** The environment variables of the app are missing or invalid; `problems` lists all of them. */
export class ConfigurationError extends Error {
  readonly code = 'configuration_invalid';

  constructor(readonly problems: readonly string[]) {
    super(`Missing or invalid environment variables:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/**
 * Reads a configuration class from environment variables. Each field is the variable of the same name. An empty
 * variable is treated as absent, because shells and compose files cannot unset one.
 * @throws ConfigurationError listing every missing or malformed variable, without values, which may be secrets
 */
export function loadConfig<T extends object>(config: ContractClass<T>, env: NodeJS.ProcessEnv = process.env): T {
  const values: Record<string, unknown> = {};
  for (const field of getFields(config)) {
    const text = env[field.name];
    if (text !== undefined && text !== '') values[field.name] = coerce(text, String(field.schema()['type']));
  }
  try {
    return parseContract(config, values, 'reject');
  } catch (error) {
    if (error instanceof ContractViolation) throw new ConfigurationError(toProblems(error));
    throw error;
  }
}

function coerce(text: string, type: string): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function toProblems(violation: ContractViolation): string[] {
  const missing = new Set(
    violation.issues.filter((issue) => issue.message.endsWith('is required')).map((issue) => issue.path),
  );
  return [
    ...[...missing].map((name) => `${name} is required and not set`),
    ...violation.issues.filter((issue) => !missing.has(issue.path)).map((issue) => issue.message),
  ];
}
