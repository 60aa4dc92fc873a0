import { clipText, type Evidence, type Finding, type Instructions } from '#libs/contracts/index.js';
import { matchSafePlace } from '#libs/domain/instructions/wishes/safe-place.js';
import type { Decision, VoiceFlowStep } from '#libs/domain/voice-flow/index.js';
import type { StepDecision } from '../call-log/call-log.module.js';

/** Maximum length of evidence in the contract, in characters. */
const MAX_EVIDENCE_LENGTH = 2000;
const MAX_PLACE_TEXT_LENGTH = 500;

/**
 * Steps whose spoken answers say how to leave the parcel. At other steps the words only repeat the decision. At
 * `slots`, where other times are offered, customers may also say where to leave the parcel; the flow does not keep
 * words that only choose a time.
 */
const HANDOVER_STEPS: ReadonlySet<VoiceFlowStep> = new Set(['slots', 'placement', 'instructions', 'confirm']);

/**
 * Confidence of words that are not analyzed yet. They are kept as the text of the safe place, so that the agent has
 * them even if the recording is never analyzed. The low value lets any finding of the analysis replace them.
 */
const UNANALYZED_CONFIDENCE = 0.3;

type Found = Omit<Instructions, 'complexity'>;

/**
 * Maps the decisions of a call to instructions. A later decision replaces an earlier one of the same kind.
 * @returns undefined if no decision is relevant to other apps
 */
export function toInstructions(decisions: readonly StepDecision[]): Instructions | undefined {
  const found: Found = {};
  for (const { decision } of decisions) addDecision(found, decision);
  const words = handoverWords(decisions);
  if (words !== undefined)
    found.safePlace = { ...(found.safePlace ?? unanalyzed(words.confidence, words.text)), text: words.text };
  const kinds = Object.keys(found).length;
  return kinds === 0 ? undefined : { ...found, complexity: Math.min(5, kinds) };
}

function addDecision(found: Found, decision: Decision): void {
  switch (decision.kind) {
    case 'presence':
      found.present = { ...toFinding(decision), value: decision.value };
      return;
    case 'safe_place':
      addSafePlace(found, decision);
      return;
    case 'reschedule': {
      const { start, end } = decision.slot.window;
      const to = { start: start.toISOString(), end: end.toISOString() };
      found.reschedule = { ...toFinding(decision), value: { to } };
      return;
    }
    case 'follow_up':
      if (decision.reason === 'no_slot_suits') found.reschedule ??= { ...CERTAIN_BASIS, value: { to: null } };
      else found.needsHuman = { ...CERTAIN_BASIS, value: true };
      return;
    case 'access_code':
      found.accessCode = { ...toFinding(decision), value: clipText(decision.value, MAX_PLACE_TEXT_LENGTH) };
      return;
    case 'opt_out':
      found.optOut = { ...toFinding(decision), value: true };
      return;
    case 'spoken_instruction':
    case 'recording_consent':
    case 'transfer':
    case 'message_left':
    case 'voicemail_left':
    case 'completed':
      // The recording of a message is analyzed like that of a call.
      return;
  }
}

function addSafePlace(found: Found, decision: Extract<Decision, { kind: 'safe_place' }>): void {
  if (decision.value !== 'spoken') {
    found.safePlace = { ...toFinding(decision), value: decision.value };
    return;
  }
  // A pressed key only announces that the customer will describe the place. In speech, the value stands for a place
  // that the flow recognized but that has no key.
  if (decision.source === 'keys') return;
  const value = matchSafePlace(decision.evidence)?.place ?? 'other';
  found.safePlace = { ...toFinding(decision), value, text: clipText(decision.evidence, MAX_PLACE_TEXT_LENGTH) };
}

/**
 * The customer's last words about the handover, preceded by words from the `slots` step that name no place ("the gate
 * code is …"). A newly chosen place discards the words about the previous one.
 */
function handoverWords(decisions: readonly StepDecision[]): { text: string; confidence: number } | undefined {
  const hasPlaceAtSlots = decisions.some(({ step, decision }) => step === 'slots' && decision.kind === 'safe_place');
  let wordsAtSlots = '';
  let words = '';
  let confidence = 0;
  for (const { step, decision } of decisions) {
    if (decision.kind === 'safe_place') words = '';
    if (decision.kind !== 'spoken_instruction' || !HANDOVER_STEPS.has(step)) continue;
    confidence = decision.confidence;
    if (step === 'slots' && !hasPlaceAtSlots) wordsAtSlots = decision.text.trim();
    else words = decision.text.trim();
    if (step === 'confirm') wordsAtSlots = '';
  }
  const text = clipText(`${wordsAtSlots} ${words}`.trim(), MAX_PLACE_TEXT_LENGTH);
  return text === '' ? undefined : { text, confidence };
}

/** Finding for words in which the flow recognized no place. */
const unanalyzed = (confidence: number, text: string): NonNullable<Found['safePlace']> => ({
  value: 'other',
  confidence: Math.min(confidence, UNANALYZED_CONFIDENCE),
  source: 'speech',
  evidence: toEvidence(text),
});

/** Basis of findings that follow from the course of the call and not from a single utterance. */
const CERTAIN_BASIS = { confidence: 1, source: 'speech' } as const;

function toFinding(decision: {
  readonly source: 'keys' | 'speech';
  readonly confidence: number;
  readonly evidence: string;
}): Finding {
  const { source, confidence, evidence } = decision;
  return { source, confidence, ...(source === 'speech' ? { evidence: toEvidence(evidence) } : {}) };
}

/** Evidence offsets refer to the utterance itself, because there is no transcript during a call. */
function toEvidence(words: string): Evidence {
  const text = clipText(words, MAX_EVIDENCE_LENGTH);
  return { start: 0, end: text.length, text };
}
