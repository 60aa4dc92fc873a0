import type { Evidence, Finding, Instructions } from '#libs/contracts/index.js';
import { matchSafePlace } from '#libs/domain/instructions/safe-place.js';
import type { Decision, VoiceFlowStep } from '#libs/domain/voice-flow/index.js';

/** Contracts take this much of the words a finding rests on. */
const MAX_EVIDENCE = 2000;
const MAX_PLACE_TEXT = 500;

/** A decision with the question it was an answer to. */
export interface MadeDecision {
  readonly step: VoiceFlowStep;
  readonly decision: Decision;
}

/** Questions whose free answers say how to leave the parcel; words elsewhere repeat what their decision says. */
const ASKS_HOW_TO_LEAVE: ReadonlySet<VoiceFlowStep> = new Set(['placement', 'instructions', 'confirm']);

/**
 * Words nobody has understood yet are kept as the text of the place, so that the agent has them even if no recording is
 * ever analysed; so little confidence makes any finding of the analysis count instead.
 */
const UNREAD_WORDS_CONFIDENCE = 0.3;

type Found = Omit<Instructions, 'complexity'>;

/**
 * What the customer decided in the call, as the other apps read it; a later decision replaces an earlier one of its kind.
 * @returns undefined when nothing was decided that anybody must know
 */
export function instructionsOf(decisions: readonly MadeDecision[]): Instructions | undefined {
  const found: Found = {};
  for (const { step, decision } of decisions) take(found, decision, step);
  const kinds = Object.keys(found).length;
  return kinds === 0 ? undefined : { ...found, complexity: Math.min(5, kinds) };
}

function take(found: Found, decision: Decision, step: VoiceFlowStep): void {
  switch (decision.kind) {
    case 'presence':
      found.present = { ...said(decision), value: decision.value };
      return;
    case 'safe_place':
      takePlace(found, decision);
      return;
    case 'spoken_instruction':
      if (ASKS_HOW_TO_LEAVE.has(step)) takeWords(found, decision);
      return;
    case 'reschedule': {
      const { start, end } = decision.slot.window;
      const to = { start: start.toISOString(), end: end.toISOString() };
      found.reschedule = { ...said(decision), value: { to } };
      return;
    }
    case 'follow_up':
      if (decision.reason === 'no_slot_suits') found.reschedule ??= { ...CERTAIN, value: { to: null } };
      else found.needsHuman = { ...CERTAIN, value: true };
      return;
    case 'opt_out':
      found.optOut = { ...said(decision), value: true };
      return;
    case 'recording_consent':
    case 'voicemail_left':
    case 'completed':
      return;
  }
}

function takePlace(found: Found, decision: Extract<Decision, { kind: 'safe_place' }>): void {
  if (decision.value !== 'spoken') {
    found.safePlace = { ...said(decision), value: decision.value };
    return;
  }
  // The key only announces words. Spoken, the flow has recognised a place it has no key for.
  if (decision.source === 'keys') return;
  const value = matchSafePlace(decision.evidence)?.place ?? 'other';
  found.safePlace = { ...said(decision), value, text: decision.evidence.slice(0, MAX_PLACE_TEXT) };
}

function takeWords(found: Found, { text, confidence }: Extract<Decision, { kind: 'spoken_instruction' }>): void {
  const words = text.trim().slice(0, MAX_PLACE_TEXT);
  if (words === '') return;
  const unread = {
    value: 'other' as const,
    confidence: Math.min(confidence, UNREAD_WORDS_CONFIDENCE),
    source: 'speech' as const,
    evidence: evidenceOf(text),
  };
  found.safePlace = { ...(found.safePlace ?? unread), text: words };
}

/** What follows from the course of the call and not from single words. */
const CERTAIN = { confidence: 1, source: 'speech' } as const;

function said(decision: {
  readonly source: 'keys' | 'speech';
  readonly confidence: number;
  readonly evidence: string;
}): Finding {
  const { source, confidence, evidence } = decision;
  return { source, confidence, ...(source === 'speech' ? { evidence: evidenceOf(evidence) } : {}) };
}

/** During the call each utterance is its own transcript. */
function evidenceOf(words: string): Evidence {
  const text = words.slice(0, MAX_EVIDENCE);
  return { start: 0, end: text.length, text };
}
