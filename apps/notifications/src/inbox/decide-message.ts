import type { Instructions } from '#libs/contracts/index.js';
import type {
  BriefAssignment,
  BriefEnd,
  BriefInstructions,
  DeliveryBriefDocument,
} from '#libs/persistence/schemas/notifications/delivery-briefs.js';

/** What is known of a delivery before an event; all parts are missing at first. */
export type Brief = Pick<DeliveryBriefDocument, 'assignment' | 'change' | 'ends'>;

export interface AssignmentHeard extends BriefAssignment {
  readonly instructions?: Instructions;
  readonly transcript?: string;
  readonly recordingId?: string;
}

/** Telling an agent, with the brief to keep; or nothing, because newer news has been told already. */
export type MessageDecision =
  | { readonly tell: false; readonly reason: 'older_than_assignment' | 'older_than_instructions' | 'older_than_end' }
  | {
      readonly tell: true;
      readonly brief: Brief;
      readonly agentId: string;
      /** Place and window, as far as known: an assignment may arrive after a change to it. */
      readonly place: Omit<BriefAssignment, 'sequence' | 'agentId'> | undefined;
      readonly instructions: Instructions | undefined;
      readonly transcript: string | undefined;
      readonly recordingId: string | undefined;
    };

/**
 * An assignment carries everything known when it was made, so it outdates every change before it. One that arrives
 * after a newer change for the same agent is told with that change's instructions. One that arrives after a newer
 * change for another agent is itself outdated: a later assignment, still on its way, gave the delivery to that agent.
 */
export function decideOnAssignment(brief: Brief, heard: AssignmentHeard): MessageDecision {
  if (brief.assignment && brief.assignment.sequence >= heard.sequence)
    return { tell: false, reason: 'older_than_assignment' };
  if (endedAfter(brief, heard.sequence)) return { tell: false, reason: 'older_than_end' };
  const change = brief.change && brief.change.sequence > heard.sequence ? brief.change : undefined;
  if (change && change.agentId !== heard.agentId) return { tell: false, reason: 'older_than_instructions' };
  const { instructions, transcript, recordingId, ...assignment } = heard;
  return {
    tell: true,
    brief: { assignment, ...(change ? { change } : {}), ...(brief.ends ? { ends: brief.ends } : {}) },
    agentId: heard.agentId,
    place: assignment,
    instructions: change?.instructions ?? instructions,
    transcript: change?.transcript ?? transcript,
    recordingId: change?.recordingId ?? recordingId,
  };
}

/** A change older than the newest change, or than the newest assignment, has been told already or is outdated. */
export function decideOnChange(brief: Brief, heard: BriefInstructions): MessageDecision {
  if (brief.change && brief.change.sequence >= heard.sequence)
    return { tell: false, reason: 'older_than_instructions' };
  if (brief.assignment && brief.assignment.sequence > heard.sequence)
    return { tell: false, reason: 'older_than_assignment' };
  if (endedAfter(brief, heard.sequence)) return { tell: false, reason: 'older_than_end' };
  const known = brief.assignment?.agentId === heard.agentId ? brief.assignment : undefined;
  return {
    tell: true,
    brief: { ...brief, change: heard },
    agentId: heard.agentId,
    place: known,
    instructions: heard.instructions,
    transcript: heard.transcript,
    recordingId: heard.recordingId,
  };
}

/**
 * An agent does not have the delivery any more. Told to that agent unless it was told to them already, or they were given
 * it again since. Without a place: there is nothing left to do there.
 */
export function decideOnEnd(brief: Brief, heard: BriefEnd): MessageDecision {
  const { assignment, ends = [] } = brief;
  if (ends.some(({ agentId, sequence }) => agentId === heard.agentId && sequence >= heard.sequence))
    return { tell: false, reason: 'older_than_end' };
  if (assignment && assignment.sequence > heard.sequence && assignment.agentId === heard.agentId)
    return { tell: false, reason: 'older_than_assignment' };
  return {
    tell: true,
    brief: { ...brief, ends: [...ends.filter(({ agentId }) => agentId !== heard.agentId), heard] },
    agentId: heard.agentId,
    place: undefined,
    instructions: undefined,
    transcript: undefined,
    recordingId: undefined,
  };
}

/** Whether the delivery is with this agent, as far as is known. */
export function isWith({ assignment, change, ends = [] }: Brief, agentId: string): boolean {
  const given = [assignment, change].filter((part) => part !== undefined).sort((a, b) => b.sequence - a.sequence)[0];
  return given?.agentId === agentId && !ends.some((end) => end.agentId === agentId && end.sequence > given.sequence);
}

/** Whether it was taken from somebody since: what was given before that is given no more. */
const endedAfter = ({ ends = [] }: Brief, sequence: number): boolean => ends.some((end) => end.sequence > sequence);
