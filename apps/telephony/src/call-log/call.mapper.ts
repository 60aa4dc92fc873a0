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
import type { CallLog, MadeDecision } from './call-log.js';

/** Stands for a code: only the assigned agent is told it. */
const COVERED = '••••';
const MOST_LISTED = 200;
const MOST_CHARACTERS = 2000;

/** An attempt as others see it. @param recordingId of its recording, where there is one */
export function toCall(callLog: CallLog, recordingId?: string): Call {
  const { request, call, refusal, carrierCallId, carrierErrorCode } = callLog;
  const { ringingAt, answeredAt, durationSeconds } = call.facts;
  return {
    attemptId: callLog._id,
    deliveryId: callLog.deliveryId,
    customerId: request.customerId,
    attempt: request.attempt,
    state: stateOf(callLog),
    ...(call.outcome === null ? {} : { outcome: call.outcome }),
    ...(refusal ? { refusal: toRefusal(refusal) } : {}),
    requestedAt: callLog.acceptedAt.toISOString(),
    ...instants({
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

/** An attempt with its conversation, without what opens a door: only the assigned agent is told that. */
export function toCallDetails(callLog: CallLog, recordingId?: string): CallDetails {
  const { turns = [], decisions = [], instructions } = callLog.conversation ?? {};
  return withoutAccessCodes({
    ...toCall(callLog, recordingId),
    turns: turns.slice(0, MOST_LISTED).map(toTurn),
    decisions: decisions.slice(0, MOST_LISTED).map(toDecision),
    ...(instructions ? { instructions } : {}),
  });
}

function stateOf({ call, refusal }: CallLog): CallState {
  if (refusal) return 'refused';
  return call.state === 'intended' ? 'requested' : call.state;
}

const toRefusal = ({ rule, detail, nextAllowedAt }: StoredRefusal): CallRefusal => ({
  rule,
  detail,
  ...instants({ nextAllowedAt }),
});

/** One exchange, as others see it. */
export const toTurn = ({ at, heard, said = [] }: StoredTurn): ConversationTurn => ({
  at: at.toISOString(),
  ...(heard ? { heard } : {}),
  said: [...said],
});

function toDecision({ step, decision }: MadeDecision): ConversationDecision {
  const value = valueOf(decision);
  return {
    kind: decision.kind,
    question: step,
    ...(value === undefined ? {} : { value: clipText(value, MOST_CHARACTERS) }),
  };
}

function valueOf(decision: MadeDecision['decision']): string | undefined {
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
      return COVERED;
    case 'message_left':
      return `${decision.durationSeconds} s`;
    case 'opt_out':
    case 'voicemail_left':
    case 'completed':
      return undefined;
  }
}

function instants<K extends string>(dates: Readonly<Record<K, Date | undefined>>): Partial<Record<K, string>> {
  const known = Object.entries(dates).filter((entry): entry is [K, Date] => entry[1] !== undefined);
  return Object.fromEntries(known.map(([name, date]) => [name, date.toISOString()])) as Partial<Record<K, string>>;
}
