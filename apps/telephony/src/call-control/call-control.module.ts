import { Module } from '@nestjs/common';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { CallControlRpc } from './call-control.rpc.js';
import { CallControlWorker } from './call-control.worker.js';
import { CancelAtCarrier } from './cancel-at-carrier.js';
import { CancelCall } from './cancel-call.js';
import { InterveneAtCarrier } from './intervene-at-carrier.js';
import { Intervene } from './intervene.js';

/** Lets dispatchers cancel a call before it is answered, take it over, or end it. */
@Module({
  imports: [CallLogModule, CarrierModule],
  controllers: [CallControlRpc],
  providers: [CallControlWorker, CancelCall, CancelAtCarrier, Intervene, InterveneAtCarrier],
})
export class CallControlModule {}
