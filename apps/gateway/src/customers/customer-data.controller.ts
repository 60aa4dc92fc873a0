import { Controller, Param } from '@nestjs/common';
import { EraseCustomerRpc, Erasure, GetErasureRpc } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, Operation } from '../requests/requests.module.js';
import { CustomerExport } from './customer-export.dto.js';
import { ExportCustomer } from './export-customer.js';

/** A customer's rights over their data: export and erasure. */
@Controller('v1/customers/:customerId')
export class CustomerDataController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly exportCustomer: ExportCustomer,
  ) {}

  @Operation('GET', 'export', {
    id: 'exportCustomer',
    summary: 'Exports all data that the apps hold about a customer, as one document.',
    description:
      'Contains the customer, preferences, consent with its history, deliveries with timelines, calls, recordings and ' +
      'transcripts.',
    access: 'customers:export',
    reply: CustomerExport,
  })
  export(@Param('customerId') customerId: string, @AsCaller() caller: Caller): Promise<CustomerExport> {
    return this.exportCustomer.execute(customerId, caller.options);
  }

  @Operation('POST', 'erasure', {
    id: 'eraseCustomer',
    summary: 'Erases a customer: in routing immediately, in the other apps as they report to the receipt.',
    description:
      'Refused while the customer has open deliveries. The receipt names data that no app can erase. Afterwards, reading ' +
      'the customer answers 404.',
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
    summary: 'Returns the progress of an erasure, by app.',
    access: 'customers:erase',
    reply: Erasure,
  })
  getErasure(
    @Param('customerId') customerId: string,
    @Param('erasureId') erasureId: string,
    @AsCaller() caller: Caller,
  ): Promise<Erasure> {
    return this.rpc.call(GetErasureRpc, { customerId, erasureId }, caller.options);
  }
}
