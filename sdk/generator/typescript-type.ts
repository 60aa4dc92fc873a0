import type { JsonSchema } from '#libs/contracts/index.js';

const REFERENCE = '#/components/schemas/';

/** A schema as a TypeScript type. Ranges and patterns are the server's business. */
export function typeOf(schema: JsonSchema): string {
  const { $ref, anyOf, type } = schema;
  if (typeof $ref === 'string') return $ref.slice(REFERENCE.length);
  if (Array.isArray(anyOf)) return (anyOf as JsonSchema[]).map(typeOf).join(' | ');
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
      return listOf(schema);
    default:
      return schema['properties'] ? objectOf(schema) : 'unknown';
  }
}

function listOf(schema: JsonSchema): string {
  const positions = schema['prefixItems'];
  if (Array.isArray(positions)) return `readonly [${(positions as JsonSchema[]).map(typeOf).join(', ')}]`;
  const item = typeOf(schema['items'] as JsonSchema);
  return item.includes(' | ') ? `readonly (${item})[]` : `readonly ${item}[]`;
}

function objectOf(schema: JsonSchema): string {
  return `{ ${fieldsOf(schema).join('; ')} }`;
}

function fieldsOf(schema: JsonSchema): string[] {
  const required = new Set((schema['required'] ?? []) as string[]);
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).map(
    ([name, field]) => `readonly ${name}${required.has(name) ? '' : '?'}: ${typeOf(field)}`,
  );
}

/** A named schema as a declaration. */
export function declarationOf(name: string, schema: JsonSchema): string {
  if (schema['type'] !== 'object') return `export type ${name} = ${typeOf(schema)};`;
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const lines = fieldsOf(schema).map((line, at) => {
    const description = Object.values(properties)[at]?.['description'];
    return `${typeof description === 'string' ? `  /** ${comment(description)} */\n` : ''}  ${line};`;
  });
  return `export interface ${name} {\n${lines.join('\n')}\n}`;
}

/** Nothing a document says may end the comment it stands in. */
export const comment = (text: string): string => text.replaceAll('*/', '*\\/').replaceAll('\n', ' ');

export const quoted = (text: string): string => JSON.stringify(text);
