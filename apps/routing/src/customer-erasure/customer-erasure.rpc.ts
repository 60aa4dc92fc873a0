import { Controller } from '@nestjs/common';
import {
  EraseCustomerRpc,
  GetErasureRpc,
  createNotFoundError,
  type EraseCustomerRequest,
  type Erasure,
  type GetErasureRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { toErasure } from './customer-erasure.mapper.js';
import { CustomerErasureRepository } from './customer-erasure.repository.js';
import { EraseCustomer } from './erase-customer.js';

/** Erasure of customers, and its receipts. */
@Controller()
export class CustomerErasureRpc {
  constructor(
    private readonly eraseCustomer: EraseCustomer,
    private readonly erasures: CustomerErasureRepository,
  ) {}

  @OnRpc(EraseCustomerRpc)
  async erase(request: EraseCustomerRequest, { organizationId, tx }: CommandContext): Promise<Erasure> {
    return toErasure(await this.eraseCustomer.execute(organizationId, request, tx));
  }

  @OnRpc(GetErasureRpc)
  async getReceipt({ customerId, erasureId }: GetErasureRequest, { organizationId }: QueryContext): Promise<Erasure> {
    const erasure = await this.erasures.load(organizationId, erasureId);
    if (erasure.customerId !== customerId) throw createNotFoundError('erasure', erasureId);
    return toErasure(erasure);
  }
}
