import { Body, Query, type PipeTransform } from '@nestjs/common';
import { parseContract, type ContractClass } from '#libs/contracts/index.js';

class ContractPipe<T extends object> implements PipeTransform<unknown, T> {
  constructor(private readonly contract: ContractClass<T>) {}

  transform(json: unknown): T {
    return parseContract(this.contract, json ?? {}, 'reject');
  }
}

/** The request's body as an instance of its contract; unknown fields are refused by name. */
export const ContractBody = <T extends object>(contract: ContractClass<T>): ParameterDecorator =>
  Body(new ContractPipe(contract));

const INTEGER = /^-?\d{1,15}$/;

class ContractQueryPipe<T extends object> implements PipeTransform<Record<string, unknown>, T> {
  constructor(private readonly contract: ContractClass<T>) {}

  transform(query: Record<string, unknown>): T {
    const typed = Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' && INTEGER.test(value) ? Number(value) : value,
    ]);
    return parseContract(this.contract, Object.fromEntries(typed), 'reject');
  }
}

/** The request's query as an instance of its contract. */
export const ContractQuery = <T extends object>(contract: ContractClass<T>): ParameterDecorator =>
  Query(new ContractQueryPipe(contract));
