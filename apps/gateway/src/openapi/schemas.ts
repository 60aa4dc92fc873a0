import { toJsonSchema, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';
import { collectSchemas, getReferencedName } from '#libs/contracts/reference/schema-catalog.js';
import { toExample } from './example.js';

/** The schemas of the document's contract classes, and references to them. */
export class DocumentSchemas {
  readonly all: ReadonlyMap<string, JsonSchema>;

  /** @throws Error if two different classes have the same name */
  constructor(contracts: readonly ContractClass[]) {
    this.all = collectSchemas(contracts).schemas;
  }

  toReference(contract: ContractClass): JsonSchema {
    return { $ref: `#/components/schemas/${contract.name}` };
  }

  /** Returns the fields of a class as parameters. Fields must not be nested classes. */
  listFields(contract: ContractClass): { name: string; required: boolean; schema: JsonSchema }[] {
    const { properties, required } = this.all.get(contract.name) ?? toJsonSchema(contract);
    return Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => ({
      name,
      required: (required as string[]).includes(name),
      schema,
    }));
  }

  toExample(contract: ContractClass): unknown {
    return toExample(this.toReference(contract), this.resolve);
  }

  toFieldExample(schema: JsonSchema, name: string): unknown {
    return toExample(schema, this.resolve, name);
  }

  private readonly resolve = (schema: JsonSchema): JsonSchema => {
    const name = getReferencedName(schema);
    return (name === undefined ? undefined : this.all.get(name)) ?? schema;
  };
}
