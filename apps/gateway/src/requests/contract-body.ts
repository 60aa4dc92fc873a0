import { Body, Query, type PipeTransform } from '@nestjs/common';
import { getFields, parseContract, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';
import { once } from './once.js';
import { createInstantRewriter } from './utc-instants.js';

class ContractPipe<T extends object> implements PipeTransform<unknown, T> {
  // Created on the first request, because contracts may refer to classes that are not loaded yet.
  private readonly getRewriter = once(() => ({ rewriteInstants: createInstantRewriter(this.contract) }));

  constructor(private readonly contract: ContractClass<T>) {}

  transform(json: unknown): T {
    const { rewriteInstants } = this.getRewriter();
    const body = rewriteInstants ? rewriteInstants(json) : json;
    // A missing body is treated as an object without fields. `null` is a body, and no contract accepts it.
    return parseContract(this.contract, body === undefined ? {} : body, 'reject');
  }
}

/** Parameter decorator: the request's body as an instance of its contract. Unknown fields are rejected by name. */
export const ContractBody = <T extends object>(contract: ContractClass<T>): ParameterDecorator =>
  Body(new ContractPipe(contract));

const INTEGER_PATTERN = /^-?[0-9]{1,15}$/;
const NUMBER_PATTERN = /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/;

/**
 * Converts the text of a query parameter to the type of its schema. Text that cannot be converted stays unchanged, so
 * that the contract rejects it.
 */
function readParameter(schema: JsonSchema, value: unknown): unknown {
  if (schema['type'] === 'array') {
    const items = schema['items'] as JsonSchema;
    return [value].flat().map((item) => readParameter(items, item));
  }
  if (typeof value !== 'string') return value;
  if (schema['type'] === 'integer' && INTEGER_PATTERN.test(value)) return Number(value);
  if (schema['type'] === 'number' && NUMBER_PATTERN.test(value)) return Number(value);
  if (schema['type'] === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

class ContractQueryPipe<T extends object> implements PipeTransform<Record<string, unknown>, T> {
  private readonly schemas: ReadonlyMap<string, JsonSchema>;
  private readonly rewriteInstants: ReturnType<typeof createInstantRewriter>;

  constructor(private readonly contract: ContractClass<T>) {
    this.schemas = new Map(getFields(contract).map((field) => [field.name, field.schema()]));
    this.rewriteInstants = createInstantRewriter(contract);
  }

  transform(query: Record<string, unknown>): T {
    const entries = Object.entries(query).map(([name, value]) => [
      name,
      readParameter(this.schemas.get(name) ?? {}, value),
    ]);
    const parameters: unknown = Object.fromEntries(entries);
    return parseContract(this.contract, this.rewriteInstants ? this.rewriteInstants(parameters) : parameters, 'reject');
  }
}

/**
 * Parameter decorator: the request's query as an instance of its contract. A list is a repeated parameter.
 */
export const ContractQuery = <T extends object>(contract: ContractClass<T>): ParameterDecorator =>
  Query(new ContractQueryPipe(contract));
