import { jsonSchemaOf, type ContractClass, type JsonSchema } from '../fields/index.js';

/** The schemas of all nested contract classes by name, and the use of one of them as a reference. */
export interface SchemaCatalogue {
  /** By class name, in alphabetical order; nested classes appear as `{ $ref }`. */
  readonly schemas: ReadonlyMap<string, JsonSchema>;
}

const REFERENCE = '#/components/schemas/';

/**
 * Collects the schemas of contract classes and of every class nested in them, each once.
 * @throws Error when two different classes have one name: a reader could not tell them apart
 */
export function catalogueSchemas(contracts: readonly ContractClass[]): SchemaCatalogue {
  const schemas = new Map<string, JsonSchema>();
  for (const contract of contracts) reference(jsonSchemaOf(contract), schemas);
  return { schemas: new Map([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** The name a reference points to; undefined for a schema that is no reference. */
export function referencedName(schema: JsonSchema): string | undefined {
  const target = schema['$ref'];
  return typeof target === 'string' && target.startsWith(REFERENCE) ? target.slice(REFERENCE.length) : undefined;
}

/** Puts a schema with a title into the catalogue and answers a reference to it; goes through all others. */
function reference(schema: JsonSchema, into: Map<string, JsonSchema>): JsonSchema {
  const { title, description, examples, ...rest } = schema;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, mapNested(key, value, into)]));
  const said = {
    ...(description === undefined ? {} : { description }),
    ...(examples === undefined ? {} : { examples }),
  };
  if (typeof title !== 'string') return { ...inner, ...said };
  const known = into.get(title);
  const own = { title, ...inner };
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(own)) {
    throw new Error(`Two different contract classes are named ${title}: rename one of them.`);
  }
  into.set(title, own);
  return { $ref: `${REFERENCE}${title}`, ...said };
}

function mapNested(key: string, value: unknown, into: Map<string, JsonSchema>): unknown {
  if (key === 'properties') {
    const properties = value as Record<string, JsonSchema>;
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, reference(schema, into)]));
  }
  if (key === 'items') return reference(value as JsonSchema, into);
  if (key === 'anyOf' || key === 'prefixItems') return (value as JsonSchema[]).map((schema) => reference(schema, into));
  return value;
}
