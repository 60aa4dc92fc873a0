import { jsonSchemaOf, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';

/** Writes `Z` for `+00:00` in a parsed value; returns what the value is afterwards. */
type Rewrite = (value: unknown) => unknown;

const OFFSET_ZERO = '+00:00';

/**
 * RFC 3339 writes UTC as `Z` or as `+00:00`, and clients of some languages can only write the latter (Python's `isoformat`).
 * Contracts know `Z` alone, so the edge rewrites the fields that hold instants; other text is left as it is.
 * @returns undefined for a contract without instants, which then costs nothing
 */
export function utcInstants(contract: ContractClass): Rewrite | undefined {
  return rewriteOf(jsonSchemaOf(contract));
}

function rewriteOf(schema: JsonSchema): Rewrite | undefined {
  if (schema['format'] === 'date-time') return toZulu;
  const choices = schema['anyOf'] as JsonSchema[] | undefined;
  if (choices) return choices.map(rewriteOf).find((rewrite) => rewrite !== undefined);
  if (schema['type'] === 'array')
    return schema['items'] ? rewriteItems(rewriteOf(schema['items'] as JsonSchema)) : undefined;
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).flatMap(([name, field]) => {
    const rewrite = rewriteOf(field);
    return rewrite ? [[name, rewrite] as const] : [];
  });
  return fields.length > 0 ? rewriteFields(fields) : undefined;
}

const toZulu: Rewrite = (value) =>
  typeof value === 'string' && value.endsWith(OFFSET_ZERO) ? `${value.slice(0, -OFFSET_ZERO.length)}Z` : value;

const rewriteItems = (item: Rewrite | undefined): Rewrite | undefined =>
  item && ((value) => (Array.isArray(value) ? value.map(item) : value));

/** In place: the value was parsed for this request alone. */
function rewriteFields(fields: readonly (readonly [string, Rewrite])[]): Rewrite {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const object = value as Record<string, unknown>;
    for (const [name, rewrite] of fields) if (Object.hasOwn(object, name)) object[name] = rewrite(object[name]);
    return value;
  };
}
