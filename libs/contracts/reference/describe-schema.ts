import { PLAIN_TEXT, type JsonSchema } from '../fields/index.js';
import { referencedName } from './schema-catalogue.js';

type Bound = number | undefined;

/** More than these, such as all time zones, are counted, not listed. */
const MOST_VALUES_NAMED = 40;

/**
 * A field's type and bounds in words, as Markdown: `text, 1–500 characters`, `list of TranscriptSegment, at most 500`.
 * Contract classes are linked to their own section.
 */
export function describeSchema(schema: JsonSchema): string {
  const name = referencedName(schema);
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  const choices = schema['anyOf'];
  if (Array.isArray(choices)) return (choices as JsonSchema[]).map(describeSchema).join(' or ');
  const values = schema['enum'];
  if (Array.isArray(values) && values.length > MOST_VALUES_NAMED) return `one of ${values.length} names`;
  if (Array.isArray(values)) return `one of ${values.map((value) => `\`${String(value)}\``).join(', ')}`;
  switch (schema['type']) {
    case 'string':
      return describeText(schema);
    case 'integer':
    case 'number':
      return `${schema['type']}${describeRange(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return describeList(schema);
    case 'null':
      return 'null';
    default:
      return 'object';
  }
}

function describeText(schema: JsonSchema): string {
  if (schema['format'] === 'date-time') return 'UTC instant';
  const length = between(schema['minLength'] as Bound, schema['maxLength'] as Bound);
  const pattern = schema['pattern'];
  return [
    'text',
    ...(length === '' ? [] : [`${length} characters`]),
    ...(typeof pattern === 'string' && pattern !== PLAIN_TEXT
      ? [`matching \`${pattern.replaceAll('|', '\\|')}\``]
      : []),
  ].join(', ');
}

function describeRange(schema: JsonSchema): string {
  const range = between(told(schema['minimum']), told(schema['maximum']));
  return range === '' ? '' : `, ${range}`;
}

/** That an integer is one a JSON number can hold goes without saying. */
function told(bound: unknown): Bound {
  return typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;
}

function describeList(schema: JsonSchema): string {
  const positions = schema['prefixItems'];
  if (Array.isArray(positions)) {
    return `list of exactly ${positions.length}: ${(positions as JsonSchema[]).map(describeSchema).join(', ')}`;
  }
  const count = between(schema['minItems'] as Bound, schema['maxItems'] as Bound);
  return `list of ${describeSchema(schema['items'] as JsonSchema)}${count === '' ? '' : `; ${count} items`}`;
}

function between(min: Bound, max: Bound): string {
  if (min === undefined && max === undefined) return '';
  if (max === undefined) return `at least ${min}`;
  if (min === undefined) return `at most ${max}`;
  return min === max ? `exactly ${min}` : `${min}–${max}`;
}
