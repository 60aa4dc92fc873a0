import type { FirstQuestion } from '#libs/domain/call-lifecycle/index.js';
import {
  advance,
  getConversationEnding,
  isFirstQuestionOpen,
  type VoiceFlowContext,
} from '#libs/domain/voice-flow/index.js';
import { conclude, type CallChange, type CallLog } from '../call-log/call-log.module.js';
import { toVoiceFlowContext } from './conversation-context.js';

/** Completes a call that ended at the carrier before its conversation did: the customer hung up, or the line broke. */
export function concludeBrokenOffCall(
  callLog: CallLog,
  now: Date,
  loadReader: VoiceFlowContext['loadReader'],
): CallChange {
  const flow = callLog.conversation?.flow;
  const context = toVoiceFlowContext(callLog, now, loadReader);
  const afterHangUp = flow && advance(flow, { kind: 'hung_up' }, context);
  const ending = afterHangUp ? getConversationEnding(afterHangUp.state) : null;
  return conclude(callLog, ending ?? 'cut_short', now, toFirstQuestion(callLog, context));
}

/** The first question is not judged for an inbound callback: DelAuto did not call that customer. */
function toFirstQuestion(callLog: CallLog, context: VoiceFlowContext): FirstQuestion | undefined {
  const { conversation, ringBackOf } = callLog;
  if (!conversation || ringBackOf !== undefined) return undefined;
  const isOpen = conversation.decisions.length === 0 && isFirstQuestionOpen(conversation.flow, context);
  return isOpen ? 'open' : 'answered';
}
