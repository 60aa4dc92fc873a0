import { clipText } from '#libs/contracts/fields/index.js';
import type {
  Call,
  CallDetails,
  CallRefusal,
  CallState,
  ConversationDecision,
  ConversationTurn,
} from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import type { StoredRefusal, StoredTurn } from '#libs/persistence/schemas/telephony/call-logs.js';
import type { CallLog, StepDecision } from './call-log.js';

/** Shown instead of an access code, which only the assigned agent may see. */
const MASK = '••••';
/** Maximum number of turns, and of decisions, in one response. */
const MAX_ENTRIES = 200;
/** Maximum length of a decision's value, in characters. */
const MAX_VALUE_LENGTH = 2000;

/**
 * Maps an attempt to its public representation.
 * @param recordingId id of the attempt's recording, if it has one
 */
export function toCall(callLog: CallLog, recordingId?: string): Call {
  const { request, call, refusal, carrierCallId, carrierErrorCode } = callLog;
  const { ringingAt, answeredAt, durationSeconds } = call.facts;
  return {
    attemptId: callLog._id,
    deliveryId: callLog.deliveryId,
    customerId: request.customerId,
    attempt: request.attempt,
    state: toState(callLog),
    ...(call.outcome === null ? {} : { outcome: call.outcome }),
    ...(refusal ? { refusal: toRefusal(refusal) } : {}),
    requestedAt: callLog.acceptedAt.toISOString(),
    ...toIsoStrings({
      dialedAt: callLog.dialedAt,
      endedAt: callLog.closedAt,
      cancelRequestedAt: callLog.cancelRequestedAt,
    }),
    ...(ringingAt === null ? {} : { ringingAt }),
    ...(answeredAt === null ? {} : { answeredAt }),
    ...(durationSeconds === null ? {} : { durationSeconds }),
    ...(recordingId === undefined ? {} : { recordingId }),
    ...(carrierCallId === undefined ? {} : { carrierCallId }),
    ...(carrierErrorCode === undefined ? {} : { carrierErrorCode }),
    revision: callLog.revision,
  };
}

/** Maps an attempt with its conversation. Omits access codes: only the assigned agent may see them. */
export function toCallDetails(callLog: CallLog, recordingId?: string): CallDetails {
  const { turns = [], decisions = [], instructions } = callLog.conversation ?? {};
  return withoutAccessCodes({
    ...toCall(callLog, recordingId),
    turns: turns.slice(0, MAX_ENTRIES).map(toTurn),
    decisions: decisions.slice(0, MAX_ENTRIES).map(toDecision),
    ...(instructions ? { instructions } : {}),
  });
}

function toState({ call, refusal }: CallLog): CallState {
  if (refusal) return 'refused';
  return call.state === 'intended' ? 'requested' : call.state;
}

const toRefusal = ({ rule, detail, nextAllowedAt }: StoredRefusal): CallRefusal => ({
  rule,
  detail,
  ...toIsoStrings({ nextAllowedAt }),
});

/** Maps one stored turn to its public representation. */
export const toTurn = ({ at, heard, said = [] }: StoredTurn): ConversationTurn => ({
  at: at.toISOString(),
  ...(heard ? { heard } : {}),
  said: [...said],
});

function toDecision({ step, decision }: StepDecision): ConversationDecision {
  const value = toDecisionValue(decision);
  return {
    kind: decision.kind,
    question: step,
    ...(value === undefined ? {} : { value: clipText(value, MAX_VALUE_LENGTH) }),
  };
}

function toDecisionValue(decision: StepDecision['decision']): string | undefined {
  switch (decision.kind) {
    case 'presence':
    case 'recording_consent':
      return decision.value ? 'yes' : 'no';
    case 'safe_place':
      return decision.value;
    case 'reschedule': {
      const { start, end } = decision.slot.window;
      return `${new Date(start).toISOString()}/${new Date(end).toISOString()}`;
    }
    case 'transfer':
      return decision.connected ? 'yes' : 'no';
    case 'follow_up':
      return decision.reason;
    case 'spoken_instruction':
      return decision.text;
    case 'access_code':
      return MASK;
    case 'message_left':
      return `${decision.durationSeconds} s`;
    case 'opt_out':
      return decision.reason;
    case 'refused':
      return 'yes';
    case 'voicemail_left':
    case 'completed':
      return undefined;
  }
}

function toIsoStrings<K extends string>(dates: Readonly<Record<K, Date | undefined>>): Partial<Record<K, string>> {
  const definedEntries = Object.entries(dates).filter((entry): entry is [K, Date] => entry[1] !== undefined);
  return Object.fromEntries(definedEntries.map(([name, date]) => [name, date.toISOString()])) as Partial<
    Record<K, string>
  >;
}
