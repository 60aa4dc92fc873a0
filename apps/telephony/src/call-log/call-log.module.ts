import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { callLogSchema } from '#libs/persistence/schemas/telephony/call-logs.js';
import { CallLogRepository } from './call-log.repository.js';
import { CallMetrics } from './call-metrics.js';
import { CallWork } from './call-work.js';
import { RecordCallChange } from './record-call-change.js';

export { type CallLogDocument, callLogSchema } from '#libs/persistence/schemas/telephony/call-logs.js';
export { CallLogRepository, isNumberTaken } from './call-log.repository.js';
export {
  acceptedCall,
  type CallChange,
  type CallLog,
  cancel,
  conclude,
  type Conversation,
  factOf,
  giveUp,
  isCodeAsked,
  isInConversation,
  type MadeDecision,
  observe,
  refuse,
  startDialing,
  undoDialing,
} from './call-log.js';
export { CallMetrics } from './call-metrics.js';
export { type AttemptWork, CallWork } from './call-work.js';
export { toCall, toCallDetails, toTurn } from './call.mapper.js';
export { judgeCancel, mayBeCanceled } from './judge-cancel.js';
export { RecordCallChange } from './record-call-change.js';

/** The log of every call attempt, and the work that its changes make due. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'CallLog', schema: callLogSchema }])],
  providers: [CallLogRepository, CallWork, CallMetrics, RecordCallChange],
  exports: [CallLogRepository, CallWork, CallMetrics, RecordCallChange],
})
export class CallLogModule {}
