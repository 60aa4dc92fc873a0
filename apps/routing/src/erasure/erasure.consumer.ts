import { Controller } from '@nestjs/common';
import {
  AnalyticsCustomerErased,
  EraseCustomerRpc,
  GetErasureRpc,
  notFound,
  NotificationsCustomerErased,
  TelephonyCustomerErased,
  TranscriptionCustomerErased,
  type EraseCustomerRequest,
  type Erasure,
  type ErasureReport,
  type EventEnvelope,
  type GetErasureRequest,
} from '#libs/contracts/index.js';
import { OnEvent, OnRpc, type EventContext, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { CustomerErasureRepository } from './customer-erasure.repository.js';
import { EraseCustomer } from './erase-customer.js';
import { toErasure } from './erasure.mapper.js';
import { RecordErasureReport } from './record-erasure-report.js';

/** The erasure of customers, and what the other apps report of it. */
@Controller()
export class ErasureConsumer {
  constructor(
    private readonly eraseCustomer: EraseCustomer,
    private readonly recordReport: RecordErasureReport,
    private readonly erasures: CustomerErasureRepository,
  ) {}

  @OnRpc(EraseCustomerRpc)
  async erase(request: EraseCustomerRequest, { organizationId, tx }: RpcContext): Promise<Erasure> {
    return toErasure(await this.eraseCustomer.execute(organizationId, request, tx));
  }

  @OnRpc(GetErasureRpc)
  async receipt({ customerId, erasureId }: GetErasureRequest, { organizationId }: QueryContext): Promise<Erasure> {
    const erasure = await this.erasures.load(organizationId, erasureId);
    if (erasure.customerId !== customerId) throw notFound('erasure', erasureId);
    return toErasure(erasure);
  }

  @OnEvent(TelephonyCustomerErased)
  telephony({ payload }: EventEnvelope<ErasureReport>, { organizationId, tx }: EventContext): Promise<void> {
    return this.recordReport.execute(organizationId, 'telephony', payload, tx);
  }

  @OnEvent(TranscriptionCustomerErased)
  transcription({ payload }: EventEnvelope<ErasureReport>, { organizationId, tx }: EventContext): Promise<void> {
    return this.recordReport.execute(organizationId, 'transcription', payload, tx);
  }

  @OnEvent(NotificationsCustomerErased)
  notifications({ payload }: EventEnvelope<ErasureReport>, { organizationId, tx }: EventContext): Promise<void> {
    return this.recordReport.execute(organizationId, 'notifications', payload, tx);
  }

  @OnEvent(AnalyticsCustomerErased)
  analytics({ payload }: EventEnvelope<ErasureReport>, { organizationId, tx }: EventContext): Promise<void> {
    return this.recordReport.execute(organizationId, 'analytics', payload, tx);
  }
}
