import { toJsonSchema, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';

/** Rewrites `+00:00` to `Z` in a parsed value and returns the result. */
type Rewrite = (value: unknown) => unknown;

const OFFSET_ZERO = '+00:00';

/**
 * Returns a function that rewrites the instants of a contract to the form with `Z`. RFC 3339 permits `Z` and `+00:00`
 * for UTC, and some clients write only the latter (Python's `isoformat`), but contracts accept only `Z`.
 * @returns undefined for a contract without instants
 */
export function createInstantRewriter(contract: ContractClass): Rewrite | undefined {
  return toRewrite(toJsonSchema(contract));
}

function toRewrite(schema: JsonSchema): Rewrite | undefined {
  if (schema['format'] === 'date-time') return toZulu;
  const choices = schema['anyOf'] as JsonSchema[] | undefined;
  if (choices) return choices.map(toRewrite).find((rewrite) => rewrite !== undefined);
  if (schema['type'] === 'array')
    return schema['items'] ? rewriteItems(toRewrite(schema['items'] as JsonSchema)) : undefined;
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).flatMap(([name, field]) => {
    const rewrite = toRewrite(field);
    return rewrite ? [[name, rewrite] as const] : [];
  });
  return fields.length > 0 ? rewriteFields(fields) : undefined;
}

const toZulu: Rewrite = (value) =>
  typeof value === 'string' && value.endsWith(OFFSET_ZERO) ? `${value.slice(0, -OFFSET_ZERO.length)}Z` : value;

const rewriteItems = (item: Rewrite | undefined): Rewrite | undefined =>
  item && ((value) => (Array.isArray(value) ? value.map(item) : value));

/** Rewrites in place, because the value was parsed for this request only. */
function rewriteFields(fields: readonly (readonly [string, Rewrite])[]): Rewrite {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const object = value as Record<string, unknown>;
    for (const [name, rewrite] of fields) if (Object.hasOwn(object, name)) object[name] = rewrite(object[name]);
    return value;
  };
}
