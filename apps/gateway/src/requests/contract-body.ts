import { Body, Query, type PipeTransform } from '@nestjs/common';
import { fieldsOf, parseContract, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';

class ContractPipe<T extends object> implements PipeTransform<unknown, T> {
  constructor(private readonly contract: ContractClass<T>) {}

  transform(json: unknown): T {
    // A request without a body has all its optional fields absent; `null` is a body, and none of ours.
    return parseContract(this.contract, json === undefined ? {} : json, 'reject');
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

  constructor(private readonly contract: ContractClass<T>) {
    this.schemas = new Map(fieldsOf(contract).map((field) => [field.name, field.schema()]));
  }

  transform(query: Record<string, unknown>): T {
    const read = Object.entries(query).map(([name, value]) => [
      name,
      readParameter(this.schemas.get(name) ?? {}, value),
    ]);
    return parseContract(this.contract, Object.fromEntries(read), 'reject');
  }
}

/** The request's query as an instance of its contract; a list is a parameter given several times. */
export const ContractQuery = <T extends object>(contract: ContractClass<T>): ParameterDecorator =>
  Query(new ContractQueryPipe(contract));
