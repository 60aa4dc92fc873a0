import { Module } from '@nestjs/common';
import { CallLogModule } from '../call-log/call-log.module.js';
import { RecordingsModule } from '../recordings/recordings.module.js';
import { CallHistoryRpc } from './call-history.rpc.js';
import { GetCall } from './get-call.js';
import { ListCalls } from './list-calls.js';

/** Read access to call attempts and the ids of their recordings. */
@Module({
  imports: [CallLogModule, RecordingsModule],
  controllers: [CallHistoryRpc],
  providers: [GetCall, ListCalls],
})
export class CallHistoryModule {}
