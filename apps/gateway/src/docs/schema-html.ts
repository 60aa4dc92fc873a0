import type { JsonSchema } from '#libs/contracts/index.js';
import { PLAIN_TEXT } from '#libs/contracts/index.js';
import { html, type Html } from './html.js';
import { inlineMarkdown } from './markdown.js';

const REFERENCE = '#/components/schemas/';
const MOST_VALUES = 40;

export const anchorOf = (schema: string): string => `/docs/schemas#${schema}`;

/** The name of the class a schema refers to. */
export function referenced(schema: JsonSchema): string | undefined {
  const target = schema['$ref'];
  return typeof target === 'string' && target.startsWith(REFERENCE) ? target.slice(REFERENCE.length) : undefined;
}

/** A type and its bounds in words; classes link to their own section. */
export function typeHtml(schema: JsonSchema): Html {
  const name = referenced(schema);
  if (name !== undefined) return html`<a href="${anchorOf(name)}">${name}</a>`;
  const choices = schema['anyOf'] as JsonSchema[] | undefined;
  if (choices) return html`${choices.map((choice, at) => html`${at > 0 && ' or '}${typeHtml(choice)}`)}`;
  const values = schema['enum'] as unknown[] | undefined;
  if (values && values.length > MOST_VALUES) return html`one of ${values.length} names`;
  if (values) return html`${values.map((value, at) => html`${at > 0 && ', '}<code>${String(value)}</code>`)}`;
  switch (schema['type']) {
    case 'string':
      return textHtml(schema);
    case 'integer':
    case 'number':
      return html`${String(schema['type'])}${rangeOf(schema['minimum'], schema['maximum'])}`;
    case 'array':
      return listHtml(schema);
    case 'boolean':
      return html`true or false`;
    default:
      return html`${typeof schema['type'] === 'string' ? schema['type'] : 'anything'}`;
  }
}

function textHtml(schema: JsonSchema): Html {
  if (schema['format'] === 'date-time') return html`instant, UTC`;
  const { pattern } = schema;
  const special = typeof pattern === 'string' && pattern !== PLAIN_TEXT ? html` <code>${pattern}</code>` : undefined;
  return html`text${rangeOf(schema['minLength'], schema['maxLength'])}${special}`;
}

function listHtml(schema: JsonSchema): Html {
  if ('prefixItems' in schema) return html`<code>[longitude, latitude]</code>`;
  return html`list of ${typeHtml(schema['items'] as JsonSchema)}${rangeOf(schema['minItems'], schema['maxItems'])}`;
}

/** That an integer is one JSON can hold, and a text at least one character long, goes without saying. */
function rangeOf(min: unknown, max: unknown): string {
  const told = (bound: unknown): bound is number =>
    typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (told(min) && told(max)) return min === max ? `, exactly ${min}` : `, ${min}–${max}`;
  if (told(min)) return `, at least ${min}`;
  return told(max) ? `, at most ${max}` : '';
}

/** The fields of an object schema. */
export function fieldsTable(schema: JsonSchema): Html {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const required = new Set((schema['required'] ?? []) as string[]);
  if (properties.length === 0) return html`<p>${typeHtml(schema)}</p>`;
  return html`<table class="fields">
    <thead>
      <tr>
        <th>field</th>
        <th>type</th>
        <th>meaning</th>
      </tr>
    </thead>
    <tbody>
      ${properties.map(([name, field]) => fieldRow(name, field, required.has(name)))}
    </tbody>
  </table>`;
}

export function fieldRow(name: string, field: JsonSchema, required: boolean): Html {
  const { description } = field;
  return html`<tr>
    <td><code>${name}</code>${required ? html`<span class="required" title="required">required</span>` : undefined}</td>
    <td>${typeHtml(field)}</td>
    <td>${typeof description === 'string' ? inlineMarkdown(description) : ''}</td>
  </tr>`;
}
