import type { JsonSchema } from '#libs/contracts/index.js';
import { FIELD_EXAMPLES } from './field-examples.js';

/** Resolves a `$ref` to its schema; returns other schemas unchanged. */
export type Resolve = (schema: JsonSchema) => JsonSchema;

/**
 * Builds a complete example of a schema, including optional fields. A field takes its own example if it has one, else
 * the entry for its name in `FIELD_EXAMPLES`, else the simplest value that is valid.
 * @param name the name of the field
 */
export function toExample(schema: JsonSchema, resolve: Resolve, name = ''): unknown {
  const [declared] = (schema['examples'] ?? []) as unknown[];
  if (declared !== undefined) return declared;
  const choices = schema['anyOf'] as JsonSchema[] | undefined;
  if (choices?.[0]) return toExample(choices[0], resolve, name);
  const resolved = resolve(schema);
  if (resolved !== schema) return toExample(resolved, resolve, name);
  switch (schema['type']) {
    case 'object':
      return toObjectExample(schema, resolve);
    case 'array':
      return toListExample(schema, resolve, name);
    case 'string':
      return toTextExample(schema, name);
    case 'integer':
    case 'number':
      return toNumberExample(schema, name);
    case 'boolean':
      return FIELD_EXAMPLES.flags[name] ?? true;
    default:
      return null;
  }
}

function toObjectExample(schema: JsonSchema, resolve: Resolve): unknown {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, toExample(field, resolve, name)]));
}

function toListExample(schema: JsonSchema, resolve: Resolve, name: string): unknown {
  if ('prefixItems' in schema) return FIELD_EXAMPLES.position;
  const item = toExample(schema['items'] as JsonSchema, resolve, name);
  return Array.from({ length: Math.max(1, Number(schema['minItems'] ?? 1)) }, () => item);
}

function toTextExample(schema: JsonSchema, name: string): string {
  const values = schema['enum'] as string[] | undefined;
  if (values) return values[0] ?? '';
  if (schema['title'] === 'TimeZone') return FIELD_EXAMPLES.zone;
  if (schema['format'] === 'date-time') return FIELD_EXAMPLES.instants[name] ?? FIELD_EXAMPLES.instant;
  const namedExample =
    FIELD_EXAMPLES.texts[name] ?? toIdExample(name) ?? (/phone$/i.test(name) ? '+13125550123' : undefined);
  const candidate = [namedExample, toWords(name), ...FIELD_EXAMPLES.patterned].find(
    (text) => text !== undefined && matchesPattern(text, schema),
  );
  return fitLength(candidate ?? namedExample ?? toWords(name), schema);
}

function matchesPattern(text: string, { pattern }: JsonSchema): boolean {
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text);
}

/** Cuts or repeats text, so that the example satisfies the length limits of its schema. */
function fitLength(text: string, schema: JsonSchema): string {
  const min = Number(schema['minLength'] ?? 0);
  return text.padEnd(min, text || 'x').slice(0, Number(schema['maxLength'] ?? text.length + min));
}

/** Returns an example id for a field name: `agentId` → `agt_65e3…`. */
function toIdExample(name: string): string | undefined {
  const [, kind] = /^(?:.*?)([A-Za-z]+)Ids?$/.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const prefixes = Object.entries(FIELD_EXAMPLES.idPrefixes);
  const prefix =
    prefixes.find(([ending]) => kind.toLowerCase().endsWith(ending))?.[1] ?? kind.slice(0, 3).toLowerCase();
  return `${prefix}_65e3a1f0c2b4d5e6f7a80912`;
}

/** Splits a field name into words: `contactOutcome` → `contact outcome`. */
const toWords = (name: string): string => name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`) || 'text';

function toNumberExample(schema: JsonSchema, name: string): number {
  const [min, max] = [Number(schema['minimum'] ?? 0), Number(schema['maximum'] ?? Number.MAX_SAFE_INTEGER)];
  const namedExample = FIELD_EXAMPLES.numbers[name];
  if (namedExample !== undefined && namedExample >= min && namedExample <= max) return namedExample;
  if (schema['type'] === 'number' && min === 0 && max === 1) return 0.9;
  return Math.min(Math.max(min, 1), max);
}
