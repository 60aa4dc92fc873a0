import { Module } from '@nestjs/common';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { DeliveryCancellationsModule } from '../delivery-cancellations/delivery-cancellations.module.js';
import { SuppressionModule } from '../suppression/suppression.module.js';
import { AcceptCallRequest } from './accept-call-request.js';
import { CallRequestsConsumer } from './call-requests.consumer.js';
import { DialCustomer } from './dial-customer.js';
import { DialRateLimiter } from './dial-rate-limiter.js';
import { DialingWorker } from './dialing.worker.js';
import { RecordFailedDial } from './record-failed-dial.js';
import { RecordPlacedCall } from './record-placed-call.js';
import { WriteDialIntent } from './write-dial-intent.js';

/** Dials customers: from a call request to the carrier's response to the create request. */
@Module({
  imports: [CallLogModule, CarrierModule, DeliveryCancellationsModule, SuppressionModule],
  controllers: [CallRequestsConsumer],
  providers: [
    AcceptCallRequest,
    DialingWorker,
    DialCustomer,
    DialRateLimiter,
    WriteDialIntent,
    RecordPlacedCall,
    RecordFailedDial,
  ],
})
export class DialingModule {}
