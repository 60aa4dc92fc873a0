import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { callLogSchema } from '#libs/persistence/schemas/telephony/call-logs.js';
import { CallLogRepository } from './call-log.repository.js';
import { CallMetrics } from './call-metrics.js';
import { CallWorkSchedule } from './call-work-schedule.js';
import { RecordCallChange } from './record-call-change.js';

export { type CallLogDocument, callLogSchema } from '#libs/persistence/schemas/telephony/call-logs.js';
export { CallLogRepository, isNumberReserved } from './call-log.repository.js';
export {
  newCallLog,
  type CallChange,
  type CallLog,
  cancel,
  conclude,
  type Conversation,
  toEventIds,
  closeWithoutReport,
  isAskingForCode,
  isInConversation,
  type StepDecision,
  applyReport,
  refuse,
  startDialing,
  undoDialing,
} from './call-log.js';
export { CallMetrics } from './call-metrics.js';
export { type AttemptWork, CallWorkSchedule } from './call-work-schedule.js';
export { toCall, toCallDetails, toTurn } from './call.mapper.js';
export { judgeCancel, canCancelAtCarrier } from './judge-cancel.js';
export { RecordCallChange } from './record-call-change.js';

/** The log of every call attempt, and the work that its changes make due. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'CallLog', schema: callLogSchema }])],
  providers: [CallLogRepository, CallWorkSchedule, CallMetrics, RecordCallChange],
  exports: [CallLogRepository, CallWorkSchedule, CallMetrics, RecordCallChange],
})
export class CallLogModule {}
