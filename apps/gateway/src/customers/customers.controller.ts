import { Controller, Inject, Param } from '@nestjs/common';
import { Customer, CustomerInput, GetCustomer, PutCustomer } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller } from '../access/caller.js';
import { ContractBody } from '../http/contract-body.js';
import { Operation } from '../http/operation.js';

@Controller('v1/customers')
export class CustomersController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  @Operation('POST', '', {
    id: 'putCustomer',
    summary: 'Creates a customer, or updates the one with this phone number.',
    access: 'customers:write',
    body: CustomerInput,
    reply: Customer,
  })
  put(@ContractBody(CustomerInput) input: CustomerInput, @AsCaller() caller: Caller): Promise<Customer> {
    return this.rpc.call(PutCustomer, input, caller.options);
  }

  @Operation('GET', ':customerId', {
    id: 'getCustomer',
    summary: 'One customer.',
    access: 'customers:read',
    reply: Customer,
  })
  get(@Param('customerId') customerId: string, @AsCaller() caller: Caller): Promise<Customer> {
    return this.rpc.call(GetCustomer, { customerId }, caller.options);
  }
}
