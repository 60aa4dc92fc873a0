import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CustomerInput, GetCustomer, PutCustomer, type Customer } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { Allow, AsMember } from '../access/access.guard.js';
import type { Member } from '../access/identity.js';
import { ContractBody } from '../http/contract-body.js';
import { CommandId } from '../http/idempotency.js';

@Controller('v1/customers')
export class CustomersController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  /** Creates a customer, or updates the one with this phone number. */
  @Post()
  @Allow('customers:write')
  @HttpCode(201)
  put(
    @ContractBody(CustomerInput) input: CustomerInput,
    @AsMember() { organizationId }: Member,
    @CommandId() command: { commandId?: string },
  ): Promise<Customer> {
    return this.rpc.call(PutCustomer, input, { organizationId, ...command });
  }

  @Get(':customerId')
  @Allow('customers:read')
  get(@Param('customerId') customerId: string, @AsMember() { organizationId }: Member): Promise<Customer> {
    return this.rpc.call(GetCustomer, { customerId }, { organizationId });
  }
}
