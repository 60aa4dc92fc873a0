import { toJsonSchema, type ContractClass, type JsonSchema } from '../fields/index.js';

/** The schemas of contract classes and their nested classes. */
export interface SchemaCatalog {
  /** By class name, in alphabetical order. Nested classes appear as `{ $ref }`. */
  readonly schemas: ReadonlyMap<string, JsonSchema>;
}

const REFERENCE_PREFIX = '#/components/schemas/';

/**
 * Collects the schemas of contract classes and of every class nested in them, each once.
 * @throws Error if two different classes have the same name, because a reference would be ambiguous
 */
export function collectSchemas(contracts: readonly ContractClass[]): SchemaCatalog {
  const schemas = new Map<string, JsonSchema>();
  for (const contract of contracts) moveToCatalog(toJsonSchema(contract), schemas);
  return { schemas: new Map([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Returns the name that a reference points to, or undefined if the schema is not a reference. */
export function getReferencedName(schema: JsonSchema): string | undefined {
  const target = schema['$ref'];
  return typeof target === 'string' && target.startsWith(REFERENCE_PREFIX)
    ? target.slice(REFERENCE_PREFIX.length)
    : undefined;
}

/** Moves a schema with a title into the catalog and returns a reference to it. Recurses into every other schema. */
function moveToCatalog(schema: JsonSchema, catalog: Map<string, JsonSchema>): JsonSchema {
  const { title, description, examples, ...structure } = schema;
  const structureWithReferences = Object.fromEntries(
    Object.entries(structure).map(([key, value]) => [key, mapNested(key, value, catalog)]),
  );
  const annotations = {
    ...(description === undefined ? {} : { description }),
    ...(examples === undefined ? {} : { examples }),
  };
  if (typeof title !== 'string') return { ...structureWithReferences, ...annotations };
  const existing = catalog.get(title);
  const entry = { title, ...structureWithReferences };
  if (existing !== undefined && JSON.stringify(existing) !== JSON.stringify(entry)) {
    throw new Error(`Two different contract classes are named ${title}: rename one of them.`);
  }
  catalog.set(title, entry);
  return { $ref: `${REFERENCE_PREFIX}${title}`, ...annotations };
}

function mapNested(key: string, value: unknown, catalog: Map<string, JsonSchema>): unknown {
  if (key === 'properties') {
    const properties = value as Record<string, JsonSchema>;
    return Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, moveToCatalog(schema, catalog)]),
    );
  }
  if (key === 'items') return moveToCatalog(value as JsonSchema, catalog);
  if (key === 'anyOf' || key === 'prefixItems')
    return (value as JsonSchema[]).map((schema) => moveToCatalog(schema, catalog));
  return value;
}
