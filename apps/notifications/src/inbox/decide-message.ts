import type { Instructions } from '#libs/contracts/index.js';
import type {
  AgentAssignment,
  AssignmentEnd,
  InstructionsChange,
  AssignmentSnapshotDocument,
} from '#libs/persistence/schemas/notifications/assignment-snapshots.js';

/** The newest assignment, change of instructions and ends of a delivery. Empty before the first event. */
export type AssignmentSnapshot = Pick<AssignmentSnapshotDocument, 'assignment' | 'change' | 'ends'>;

/** An assignment that has just arrived, with the instructions at its time. */
export interface IncomingAssignment extends AgentAssignment {
  readonly instructions?: Instructions;
  readonly transcript?: string;
  readonly recordingId?: string;
}

/**
 * Whether to notify the agent. If so, `snapshot` is to be stored. If not, `reason` names the newer event.
 */
export type MessageDecision =
  | {
      readonly shouldNotify: false;
      readonly reason: 'older_than_assignment' | 'older_than_instructions' | 'older_than_end';
    }
  | {
      readonly shouldNotify: true;
      readonly snapshot: AssignmentSnapshot;
      readonly agentId: string;
      /** Place and window. Unknown if a change of instructions arrives before its assignment. */
      readonly place: Omit<AgentAssignment, 'sequence' | 'agentId'> | undefined;
      readonly instructions: Instructions | undefined;
      readonly transcript: string | undefined;
      readonly recordingId: string | undefined;
    };

/**
 * Decides on an assignment. It contains the instructions at its time, so it outdates every earlier change. If a
 * newer change for the same agent has arrived already, the agent is notified with that change's instructions. If the
 * newer change is for another agent, the assignment is outdated: a later assignment to that agent has not arrived yet.
 */
export function decideOnAssignment(snapshot: AssignmentSnapshot, incoming: IncomingAssignment): MessageDecision {
  if (snapshot.assignment && snapshot.assignment.sequence >= incoming.sequence)
    return { shouldNotify: false, reason: 'older_than_assignment' };
  if (hasEndedAfter(snapshot, incoming.sequence)) return { shouldNotify: false, reason: 'older_than_end' };
  const change = snapshot.change && snapshot.change.sequence > incoming.sequence ? snapshot.change : undefined;
  if (change && change.agentId !== incoming.agentId) return { shouldNotify: false, reason: 'older_than_instructions' };
  const { instructions, transcript, recordingId, ...assignment } = incoming;
  return {
    shouldNotify: true,
    snapshot: { assignment, ...(change ? { change } : {}), ...(snapshot.ends ? { ends: snapshot.ends } : {}) },
    agentId: incoming.agentId,
    place: assignment,
    instructions: change?.instructions ?? instructions,
    transcript: change?.transcript ?? transcript,
    recordingId: change?.recordingId ?? recordingId,
  };
}

/**
 * Decides on a change. A change that is not newer than the last change and assignment is outdated or a repeat.
 */
export function decideOnChange(snapshot: AssignmentSnapshot, incoming: InstructionsChange): MessageDecision {
  if (snapshot.change && snapshot.change.sequence >= incoming.sequence)
    return { shouldNotify: false, reason: 'older_than_instructions' };
  if (snapshot.assignment && snapshot.assignment.sequence > incoming.sequence)
    return { shouldNotify: false, reason: 'older_than_assignment' };
  if (hasEndedAfter(snapshot, incoming.sequence)) return { shouldNotify: false, reason: 'older_than_end' };
  const currentAssignment = snapshot.assignment?.agentId === incoming.agentId ? snapshot.assignment : undefined;
  return {
    shouldNotify: true,
    snapshot: { ...snapshot, change: incoming },
    agentId: incoming.agentId,
    place: currentAssignment,
    instructions: incoming.instructions,
    transcript: incoming.transcript,
    recordingId: incoming.recordingId,
  };
}

/**
 * Decides on a cancellation or withdrawal. The agent is notified unless they were notified already or got the delivery
 * again since. The decision has no place, because the agent has nothing left to do there.
 */
export function decideOnEnd(snapshot: AssignmentSnapshot, incoming: AssignmentEnd): MessageDecision {
  const { assignment, ends = [] } = snapshot;
  if (ends.some(({ agentId, sequence }) => agentId === incoming.agentId && sequence >= incoming.sequence))
    return { shouldNotify: false, reason: 'older_than_end' };
  if (assignment && assignment.sequence > incoming.sequence && assignment.agentId === incoming.agentId)
    return { shouldNotify: false, reason: 'older_than_assignment' };
  return {
    shouldNotify: true,
    snapshot: { ...snapshot, ends: [...ends.filter(({ agentId }) => agentId !== incoming.agentId), incoming] },
    agentId: incoming.agentId,
    place: undefined,
    instructions: undefined,
    transcript: undefined,
    recordingId: undefined,
  };
}

/** Whether the delivery is assigned to this agent according to the events that have arrived. */
export function isAssignedTo({ assignment, change, ends = [] }: AssignmentSnapshot, agentId: string): boolean {
  const newest = [assignment, change].filter((part) => part !== undefined).sort((a, b) => b.sequence - a.sequence)[0];
  return newest?.agentId === agentId && !ends.some((end) => end.agentId === agentId && end.sequence > newest.sequence);
}

/**
 * Whether the delivery was canceled or withdrawn after this sequence, which outdates earlier assignments and changes.
 */
const hasEndedAfter = ({ ends = [] }: AssignmentSnapshot, sequence: number): boolean =>
  ends.some((end) => end.sequence > sequence);
