import { PLAIN_TEXT, type JsonSchema } from '../fields/index.js';
import { getReferencedName } from './schema-catalog.js';

type Bound = number | undefined;

/** Of a longer enumeration, such as all time zones, only the number of values is stated. */
const MAX_LISTED_VALUES = 40;

/**
 * Describes a field's type and bounds as Markdown, for example `text, 1–500 characters` or
 * `list of [TranscriptSegment](#transcriptsegment); at most 500 items`. Contract classes are links to their section.
 */
export function describeSchema(schema: JsonSchema): string {
  const name = getReferencedName(schema);
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  const choices = schema['anyOf'];
  if (Array.isArray(choices)) return (choices as JsonSchema[]).map(describeSchema).join(' or ');
  const values = schema['enum'];
  if (Array.isArray(values) && values.length > MAX_LISTED_VALUES) return `one of ${values.length} names`;
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
  const length = describeBounds(schema['minLength'] as Bound, schema['maxLength'] as Bound);
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
  const range = describeBounds(toStatedBound(schema['minimum']), toStatedBound(schema['maximum']));
  return range === '' ? '' : `, ${range}`;
}

/** Omits the default bounds of an integer, the range of safe integers. */
function toStatedBound(bound: unknown): Bound {
  return typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;
}

function describeList(schema: JsonSchema): string {
  const positions = schema['prefixItems'];
  if (Array.isArray(positions)) {
    return `list of exactly ${positions.length}: ${(positions as JsonSchema[]).map(describeSchema).join(', ')}`;
  }
  const count = describeBounds(schema['minItems'] as Bound, schema['maxItems'] as Bound);
  return `list of ${describeSchema(schema['items'] as JsonSchema)}${count === '' ? '' : `; ${count} items`}`;
}

function describeBounds(min: Bound, max: Bound): string {
  if (min === undefined && max === undefined) return '';
  if (max === undefined) return `at least ${min}`;
  if (min === undefined) return `at most ${max}`;
  return min === max ? `exactly ${min}` : `${min}–${max}`;
}
