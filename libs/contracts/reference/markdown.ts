import type { JsonSchema } from '../fields/index.js';
import { describeSchema } from './describe-schema.js';

/** The first line of every generated document. */
export const GENERATED = '<!-- Generated from libs/contracts by libs/contracts/reference/main.ts: do not edit. -->';

/** Returns a Markdown table. Cells are Markdown. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Returns the table of the fields of one contract class. */
export function renderFieldTable(schema: JsonSchema): string {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = new Set((schema['required'] ?? []) as string[]);
  const rows = Object.entries(properties).map(([name, field]) => [
    `\`${name}\``,
    required.has(name) ? 'yes' : 'no',
    describeSchema(field),
    typeof field['description'] === 'string' ? field['description'] : '',
  ]);
  return rows.length === 0 ? 'No fields.' : renderTable(['field', 'required', 'type and bounds', 'meaning'], rows);
}

/** Returns a section for each contract class, which the fields of that type link to. */
export function renderTypeSections(schemas: ReadonlyMap<string, JsonSchema>): string[] {
  return [...schemas].flatMap(([name, schema]) => [
    `### ${name}`,
    schema['type'] === 'object' ? renderFieldTable(schema) : `${describeSchema(schema)}.`,
  ]);
}

/** Joins paragraphs with empty lines, after the generated-file notice. Ends with a line break. */
export function renderDocument(paragraphs: readonly string[]): string {
  return `${[GENERATED, ...paragraphs].join('\n\n')}\n`;
}
