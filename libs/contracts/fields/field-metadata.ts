/** A JSON Schema (2020-12), as DelAuto's field decorators record it. The rules are in class-validator's metadata. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A class whose fields carry DelAuto's field decorators. Its constructor takes no arguments. */
export type ContractClass<T extends object = object> = new () => T;

/** What a field decorator declares about a field. */
export interface FieldMetadata {
  readonly name: string;
  readonly required: boolean;
  /** Evaluated lazily, because nested classes may refer to each other. */
  readonly schema: () => JsonSchema;
}

const fieldsByPrototype = new WeakMap<object, FieldMetadata[]>();

/** Records one decorated field of the class that owns `prototype`. */
export function recordField(prototype: object, field: FieldMetadata): void {
  const fields = fieldsByPrototype.get(prototype);
  if (fields) fields.push(field);
  else fieldsByPrototype.set(prototype, [field]);
}

/** Returns the decorated fields of a class. Fields of base classes come first. */
export function getFields(contract: ContractClass): FieldMetadata[] {
  const chain: FieldMetadata[][] = [];
  for (
    let prototype = contract.prototype as object | null;
    prototype && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    chain.unshift(fieldsByPrototype.get(prototype) ?? []);
  }
  return chain.flat();
}

/** Returns the JSON Schema (2020-12) of a contract class, for OpenAPI, AsyncAPI and structured model output. */
export function toJsonSchema(contract: ContractClass): JsonSchema {
  const fields = getFields(contract);
  return {
    type: 'object',
    title: contract.name,
    properties: Object.fromEntries(fields.map((field) => [field.name, field.schema()])),
    required: fields.filter((field) => field.required).map((field) => field.name),
    additionalProperties: false,
  };
}
