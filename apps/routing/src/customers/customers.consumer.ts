import { Controller, Inject } from '@nestjs/common';
import {
  GetCustomer,
  PutCustomer as PutCustomerRpc,
  type Customer,
  type CustomerInput,
  type GetCustomerRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type RpcContext, type QueryContext } from '#libs/messaging/index.js';
import { toCustomer } from './customer.mapper.js';
import { CustomerRepository } from './customer.repository.js';
import { PutCustomer } from './put-customer.js';

@Controller()
export class CustomersConsumer {
  constructor(
    @Inject(CustomerRepository) private readonly customers: CustomerRepository,
    @Inject(PutCustomer) private readonly putCustomer: PutCustomer,
  ) {}

  @OnRpc(PutCustomerRpc)
  async put(request: CustomerInput, { organizationId, tx }: RpcContext): Promise<Customer> {
    return toCustomer(await this.putCustomer.execute(organizationId, request, tx));
  }

  @OnRpc(GetCustomer)
  async get({ customerId }: GetCustomerRequest, { organizationId }: QueryContext): Promise<Customer> {
    return toCustomer(await this.customers.load(organizationId, customerId));
  }
}
