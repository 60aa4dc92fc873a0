import { clipText, type Evidence, type Finding, type Instructions } from '#libs/contracts/index.js';
import { matchSafePlace } from '#libs/domain/instructions/wishes/safe-place.js';
import type { Decision, VoiceFlowStep } from '#libs/domain/voice-flow/index.js';
import type { MadeDecision } from '../call-log/call-log.module.js';

/** Contracts take this much of the words a finding rests on. */
const MAX_EVIDENCE = 2000;
const MAX_PLACE_TEXT = 500;

/**
 * Questions whose free answers say how to leave the parcel; words elsewhere repeat what their decision says. Offered
 * other times, customers just say where to leave it, and the flow keeps no words there that only choose a time.
 */
const ASKS_HOW_TO_LEAVE: ReadonlySet<VoiceFlowStep> = new Set(['slots', 'placement', 'instructions', 'confirm']);

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
  for (const { decision } of decisions) take(found, decision);
  const words = handoverWords(decisions);
  if (words !== undefined)
    found.safePlace = { ...(found.safePlace ?? unread(words.confidence, words.text)), text: words.text };
  const kinds = Object.keys(found).length;
  return kinds === 0 ? undefined : { ...found, complexity: Math.min(5, kinds) };
}

function take(found: Found, decision: Decision): void {
  switch (decision.kind) {
    case 'presence':
      found.present = { ...said(decision), value: decision.value };
      return;
    case 'safe_place':
      takePlace(found, decision);
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
    case 'access_code':
      found.accessCode = { ...said(decision), value: clipText(decision.value, MAX_PLACE_TEXT) };
      return;
    case 'opt_out':
      found.optOut = { ...said(decision), value: true };
      return;
    case 'spoken_instruction':
    case 'recording_consent':
    case 'transfer':
    case 'message_left':
    case 'voicemail_left':
    case 'completed':
      // A message's recording is understood as a call's is.
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
  found.safePlace = { ...said(decision), value, text: clipText(decision.evidence, MAX_PLACE_TEXT) };
}

/**
 * The customer's own words about the handover: the last that were said, after those that were said without a place when
 * other times were offered ("the gate code is …"). A place that is chosen anew makes words for the old one void.
 */
function handoverWords(decisions: readonly MadeDecision[]): { text: string; confidence: number } | undefined {
  const placeAtSlots = decisions.some(({ step, decision }) => step === 'slots' && decision.kind === 'safe_place');
  let before = '';
  let words = '';
  let confidence = 0;
  for (const { step, decision } of decisions) {
    if (decision.kind === 'safe_place') words = '';
    if (decision.kind !== 'spoken_instruction' || !ASKS_HOW_TO_LEAVE.has(step)) continue;
    confidence = decision.confidence;
    if (step === 'slots' && !placeAtSlots) before = decision.text.trim();
    else words = decision.text.trim();
    if (step === 'confirm') before = '';
  }
  const text = clipText(`${before} ${words}`.trim(), MAX_PLACE_TEXT);
  return text === '' ? undefined : { text, confidence };
}

/** Words in which the flow found no place. */
const unread = (confidence: number, text: string): NonNullable<Found['safePlace']> => ({
  value: 'other',
  confidence: Math.min(confidence, UNREAD_WORDS_CONFIDENCE),
  source: 'speech',
  evidence: evidenceOf(text),
});

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
  const text = clipText(words, MAX_EVIDENCE);
  return { start: 0, end: text.length, text };
}
