import { Controller, Param } from '@nestjs/common';
import {
  ChoiceField,
  Customer,
  CustomerChanges,
  CustomerInput,
  CustomerPage,
  DoNotCallInput,
  GetCustomerRpc,
  IntegerField,
  ListCustomersRpc,
  PhoneField,
  PutCustomerRpc,
  SetDoNotCallRpc,
  TextField,
  UpdateCustomerRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';

const DEFAULT_PAGE_SIZE = 50;

class CustomersQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 1000 }) cursor?: string;
  @PhoneField({ optional: true }) phone?: string;
  @TextField({ optional: true, max: 60, description: 'The beginning of the name; case-insensitive.' })
  namePrefix?: string;
  @ChoiceField(['true', 'false'], { optional: true }) doNotCall?: 'true' | 'false';
}

/** Customers of an organization, and their opt-out. */
@Controller('v1/customers')
export class CustomersController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', '', {
    id: 'putCustomer',
    summary: 'Creates a customer, or updates the customer with this phone number.',
    access: 'customers:write',
    body: CustomerInput,
    reply: Customer,
    etag: true,
  })
  put(@ContractBody(CustomerInput) input: CustomerInput, @AsCaller() caller: Caller): Promise<Customer> {
    return this.rpc.call(PutCustomerRpc, input, caller.options);
  }

  @Operation('GET', '', {
    id: 'listCustomers',
    summary: 'Lists customers, newest first, or by name if `namePrefix` is given.',
    access: 'customers:read',
    query: CustomersQuery,
    reply: CustomerPage,
  })
  list(@ContractQuery(CustomersQuery) query: CustomersQuery, @AsCaller() caller: Caller): Promise<CustomerPage> {
    const { limit = DEFAULT_PAGE_SIZE, doNotCall, ...filter } = query;
    const doNotCallFilter = doNotCall === undefined ? {} : { doNotCall: doNotCall === 'true' };
    return this.rpc.call(ListCustomersRpc, { ...filter, ...doNotCallFilter, limit }, caller.options);
  }

  @Operation('GET', ':customerId', {
    id: 'getCustomer',
    summary: 'Returns a customer.',
    access: 'customers:read',
    reply: Customer,
    etag: true,
  })
  get(@Param('customerId') customerId: string, @AsCaller() caller: Caller): Promise<Customer> {
    return this.rpc.call(GetCustomerRpc, { customerId }, caller.options);
  }

  @Operation('PATCH', ':customerId', {
    id: 'updateCustomer',
    summary: 'Changes a customer. The change applies to planned calls at once.',
    description:
      'Preferences and consent have their own resources. Open deliveries keep the address they were created with.',
    access: 'customers:write',
    body: CustomerChanges,
    reply: Customer,
    errors: UpdateCustomerRpc.errors,
    etag: true,
    ifMatch: true,
  })
  update(
    @Param('customerId') customerId: string,
    @ContractBody(CustomerChanges) changes: CustomerChanges,
    @AsCaller() caller: Caller,
  ): Promise<Customer> {
    return this.rpc.call(UpdateCustomerRpc, { customerId, changes, ...caller.expected }, caller.options);
  }

  @Operation('PUT', ':customerId/do-not-call', {
    id: 'putDoNotCall',
    summary: 'Opts a customer out of all calls and messages immediately, or in again with new consent.',
    description:
      'Opting in requires `consent`. If the customer sent STOP by SMS to our number, only their START lifts it.',
    access: 'customers:write',
    body: DoNotCallInput,
    reply: Customer,
    errors: SetDoNotCallRpc.errors,
    etag: true,
    ifMatch: true,
  })
  setDoNotCall(
    @Param('customerId') customerId: string,
    @ContractBody(DoNotCallInput) input: DoNotCallInput,
    @AsCaller() caller: Caller,
  ): Promise<Customer> {
    return this.rpc.call(SetDoNotCallRpc, { customerId, ...input, ...caller.expected }, caller.options);
  }
}
