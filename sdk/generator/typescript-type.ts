import type { JsonSchema } from '#libs/contracts/index.js';

const REFERENCE = '#/components/schemas/';

/** Converts a schema into a TypeScript type. Ignores ranges and patterns, which the server validates. */
export function toTypeScriptType(schema: JsonSchema): string {
  const { $ref, anyOf, type } = schema;
  if (typeof $ref === 'string') return $ref.slice(REFERENCE.length);
  if (Array.isArray(anyOf)) return (anyOf as JsonSchema[]).map(toTypeScriptType).join(' | ');
  const values = schema['enum'];
  if (Array.isArray(values)) return values.map((value) => quoted(String(value))).join(' | ');
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return toListType(schema);
    default:
      return schema['properties'] ? toObjectType(schema) : 'unknown';
  }
}

function toListType(schema: JsonSchema): string {
  const positions = schema['prefixItems'];
  if (Array.isArray(positions)) return `readonly [${(positions as JsonSchema[]).map(toTypeScriptType).join(', ')}]`;
  const item = toTypeScriptType(schema['items'] as JsonSchema);
  return item.includes(' | ') ? `readonly (${item})[]` : `readonly ${item}[]`;
}

function toObjectType(schema: JsonSchema): string {
  return `{ ${toFieldLines(schema).join('; ')} }`;
}

function toFieldLines(schema: JsonSchema): string[] {
  const required = new Set((schema['required'] ?? []) as string[]);
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).map(
    ([name, field]) => `readonly ${name}${required.has(name) ? '' : '?'}: ${toTypeScriptType(field)}`,
  );
}

/** Converts a named schema into a declaration. */
export function toDeclaration(name: string, schema: JsonSchema): string {
  if (schema['type'] !== 'object') return `export type ${name} = ${toTypeScriptType(schema)};`;
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const lines = toFieldLines(schema).map((line, at) => {
    const description = Object.values(properties)[at]?.['description'];
    return `${typeof description === 'string' ? `  /** ${comment(description)} */\n` : ''}  ${line};`;
  });
  return `export interface ${name} {\n${lines.join('\n')}\n}`;
}

/** Escapes text for a comment, so that it cannot end the comment. */
export const comment = (text: string): string => text.replaceAll('*/', '*\\/').replaceAll('\n', ' ');

export const quoted = (text: string): string => JSON.stringify(text);
