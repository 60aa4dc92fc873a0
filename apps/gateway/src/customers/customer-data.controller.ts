import { Controller, Param } from '@nestjs/common';
import { EraseCustomerRpc, Erasure, GetErasureRpc } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, Operation } from '../requests/requests.module.js';
import { CustomerExport } from './customer-export.dto.js';
import { ExportCustomer } from './export-customer.js';

/** What a customer may demand: a copy of everything, and to be forgotten. */
@Controller('v1/customers/:customerId')
export class CustomerDataController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly exportCustomer: ExportCustomer,
  ) {}

  @Operation('GET', 'export', {
    id: 'exportCustomer',
    summary: 'Everything the apps hold of a customer, as one document.',
    description:
      'Customer, wishes, consent with its history, deliveries with their story, calls, recordings, transcripts.',
    access: 'customers:export',
    reply: CustomerExport,
  })
  export(@Param('customerId') customerId: string, @AsCaller() caller: Caller): Promise<CustomerExport> {
    return this.exportCustomer.execute(customerId, caller.options);
  }

  @Operation('POST', 'erasure', {
    id: 'eraseCustomer',
    summary: 'Forgets a customer: at once in routing, in the other apps as they report to the receipt.',
    description:
      'Refused while deliveries to them are open. The receipt says what no app can erase. The customer answers 404 from here on.',
    access: 'customers:erase',
    status: 202,
    reply: Erasure,
    errors: EraseCustomerRpc.errors,
    ifMatch: true,
  })
  erase(@Param('customerId') customerId: string, @AsCaller() caller: Caller): Promise<Erasure> {
    return this.rpc.call(EraseCustomerRpc, { customerId, ...caller.expected }, caller.options);
  }

  @Operation('GET', 'erasures/:erasureId', {
    id: 'getErasure',
    summary: 'How far the erasure of a customer is, app by app.',
    access: 'customers:erase',
    reply: Erasure,
  })
  receipt(
    @Param('customerId') customerId: string,
    @Param('erasureId') erasureId: string,
    @AsCaller() caller: Caller,
  ): Promise<Erasure> {
    return this.rpc.call(GetErasureRpc, { customerId, erasureId }, caller.options);
  }
}
