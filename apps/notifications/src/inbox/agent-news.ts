import type {
  DeliveryAssignedPayload,
  EventEnvelope,
  InstructionsChangedPayload,
  TimeWindow,
} from '#libs/contracts/index.js';
import { decideOnAssignment, decideOnChange } from './decide-message.js';
import type { AgentNews } from './tell-agent.js';

const stored = ({ start, end }: TimeWindow): { start: Date; end: Date } => ({
  start: new Date(start),
  end: new Date(end),
});

/** An assignment as news for its agent. */
export function assignmentNews({ payload, sequence }: EventEnvelope<DeliveryAssignedPayload>): AgentNews {
  const { deliveryId, reference, customerReached, agentId, customerName, address, position, window } = payload;
  const { instructions, transcript, recordingId } = payload;
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
  return { deliveryId, reference, kind: 'assignment', customerReached, decide };
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
  return { deliveryId, reference, kind: 'instructions_changed', customerReached: true, decide };
}
