import { Body, Query, type PipeTransform } from '@nestjs/common';
import { fieldsOf, parseContract, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';
import { once } from './once.js';
import { utcInstants } from './utc-instants.js';

class ContractPipe<T extends object> implements PipeTransform<unknown, T> {
  // Made at the first request: contracts may refer to classes that are not loaded yet.
  private readonly rewrite = once(() => ({ instants: utcInstants(this.contract) }));

  constructor(private readonly contract: ContractClass<T>) {}

  transform(json: unknown): T {
    const { instants } = this.rewrite();
    const body = instants ? instants(json) : json;
    // A request without a body has all its optional fields absent; `null` is a body, and none of ours.
    return parseContract(this.contract, body === undefined ? {} : body, 'reject');
  }
}

/** The request's body as an instance of its contract; unknown fields are refused by name. */
export const ContractBody = <T extends object>(contract: ContractClass<T>): ParameterDecorator =>
  Body(new ContractPipe(contract));

const INTEGER = /^-?[0-9]{1,15}$/;
const NUMBER = /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/;

/** A query holds text alone: what the field is to hold is read from its schema; what cannot be read is left to be refused. */
function readParameter(schema: JsonSchema, value: unknown): unknown {
  if (schema['type'] === 'array') {
    const items = schema['items'] as JsonSchema;
    return [value].flat().map((item) => readParameter(items, item));
  }
  if (typeof value !== 'string') return value;
  if (schema['type'] === 'integer' && INTEGER.test(value)) return Number(value);
  if (schema['type'] === 'number' && NUMBER.test(value)) return Number(value);
  if (schema['type'] === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

class ContractQueryPipe<T extends object> implements PipeTransform<Record<string, unknown>, T> {
  private readonly schemas: ReadonlyMap<string, JsonSchema>;
  private readonly instants: ReturnType<typeof utcInstants>;

  constructor(private readonly contract: ContractClass<T>) {
    this.schemas = new Map(fieldsOf(contract).map((field) => [field.name, field.schema()]));
    this.instants = utcInstants(contract);
  }

  transform(query: Record<string, unknown>): T {
    const read = Object.entries(query).map(([name, value]) => [
      name,
      readParameter(this.schemas.get(name) ?? {}, value),
    ]);
    const parameters: unknown = Object.fromEntries(read);
    return parseContract(this.contract, this.instants ? this.instants(parameters) : parameters, 'reject');
  }
}

/** The request's query as an instance of its contract; a list is a parameter given several times. */
export const ContractQuery = <T extends object>(contract: ContractClass<T>): ParameterDecorator =>
  Query(new ContractQueryPipe(contract));
