import { jsonSchemaOf, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';
import { catalogueSchemas, referencedName } from '#libs/contracts/reference/schema-catalogue.js';
import { exampleOf } from './example.js';

/** The document's schemas, each class once, and what refers to them. */
export class DocumentSchemas {
  readonly all: ReadonlyMap<string, JsonSchema>;

  /** @throws Error when two different classes have one name */
  constructor(contracts: readonly ContractClass[]) {
    this.all = catalogueSchemas(contracts).schemas;
  }

  reference(contract: ContractClass): JsonSchema {
    return { $ref: `#/components/schemas/${contract.name}` };
  }

  /** The fields of a class that are parameters, one by one; nested classes do not occur in them. */
  fields(contract: ContractClass): { name: string; required: boolean; schema: JsonSchema }[] {
    const { properties, required } = this.all.get(contract.name) ?? jsonSchemaOf(contract);
    return Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => ({
      name,
      required: (required as string[]).includes(name),
      schema,
    }));
  }

  example(contract: ContractClass): unknown {
    return exampleOf(this.reference(contract), this.resolve);
  }

  exampleOfField(schema: JsonSchema, name: string): unknown {
    return exampleOf(schema, this.resolve, name);
  }

  private readonly resolve = (schema: JsonSchema): JsonSchema => {
    const name = referencedName(schema);
    return (name === undefined ? undefined : this.all.get(name)) ?? schema;
  };
}
