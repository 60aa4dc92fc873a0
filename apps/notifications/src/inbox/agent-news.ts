import type {
  DeliveryAssignedPayload,
  DeliveryFact,
  DeliveryWithdrawnPayload,
  EventEnvelope,
  InstructionsChangedPayload,
  TimeWindow,
  WithdrawalReason,
} from '#libs/contracts/index.js';
import { decideOnAssignment, decideOnChange, decideOnEnd } from './decide-message.js';
import { summariseInstructions } from './summarise-instructions.js';
import type { AgentNews } from './tell-agent.js';

const stored = ({ start, end }: TimeWindow): { start: Date; end: Date } => ({
  start: new Date(start),
  end: new Date(end),
});

/** An assignment as news for its agent. */
export function assignmentNews({ payload, sequence }: EventEnvelope<DeliveryAssignedPayload>): AgentNews {
  const { deliveryId, reference, customerReached, agentId, customerName, address, position, window } = payload;
  const { instructions, transcript, recordingId, usualPlace } = payload;
  const heard = {
    sequence,
    agentId,
    customerName,
    ...(address === undefined ? {} : { address }),
    position,
    window: stored(window),
    ...(instructions === undefined ? {} : { instructions }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  const decide: AgentNews['decide'] = (brief) => decideOnAssignment(brief, heard);
  return {
    deliveryId,
    reference,
    kind: 'assignment',
    summarise: (wishes) => summariseInstructions(wishes, customerReached, usualPlace?.place),
    decide,
  };
}

/** A change of instructions as news for the agent who has the delivery. */
export function changeNews({ payload, sequence }: EventEnvelope<InstructionsChangedPayload>): AgentNews {
  const { deliveryId, reference, agentId, instructions, transcript, recordingId } = payload;
  const heard = {
    sequence,
    agentId,
    instructions,
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  const decide: AgentNews['decide'] = (brief) => decideOnChange(brief, heard);
  const summarise: AgentNews['summarise'] = (wishes) => summariseInstructions(wishes, true);
  return { deliveryId, reference, kind: 'instructions_changed', summarise, decide };
}

/** Fixed words: they go out by push and SMS, where nobody's free words belong. */
const WITHDRAWAL_WORDS: Record<WithdrawalReason, string> = {
  reassigned: 'Do not deliver it: somebody else does.',
  changed: 'Do not deliver it as it was: it changed and is planned anew.',
  replanned: 'Do not deliver it now: it is planned for another time.',
  rescheduled: 'Do not deliver it now: the customer wants another time.',
  refused: 'Do not deliver it: the customer refuses it.',
};

/** A delivery was canceled while this agent had it. */
export function canceledNews({ payload, sequence }: EventEnvelope<DeliveryFact>, agentId: string): AgentNews {
  const { deliveryId, reference } = payload;
  const decide: AgentNews['decide'] = (brief) => decideOnEnd(brief, { sequence, agentId });
  const summarise = (): string => 'Do not deliver it: it is canceled.';
  return { deliveryId, reference, kind: 'delivery_canceled', summarise, decide };
}

/** A delivery was taken from this agent. */
export function withdrawnNews({ payload, sequence }: EventEnvelope<DeliveryWithdrawnPayload>): AgentNews {
  const { deliveryId, reference, agentId, reason } = payload;
  const decide: AgentNews['decide'] = (brief) => decideOnEnd(brief, { sequence, agentId });
  return { deliveryId, reference, kind: 'delivery_withdrawn', summarise: () => WITHDRAWAL_WORDS[reason], decide };
}
