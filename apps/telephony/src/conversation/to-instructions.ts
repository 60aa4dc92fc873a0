import { clipText, type Evidence, type Finding, type Instructions } from '#libs/contracts/index.js';
import { namePlace } from '#libs/domain/instructions/places/name-place.js';
import { tokenize } from '#libs/domain/instructions/reading/tokens.js';
import type { Decision, VoiceFlowStep } from '#libs/domain/voice-flow/index.js';
import type { StepDecision } from '../call-log/call-log.module.js';

/** Maximum length of evidence in the contract, in characters. */
const MAX_EVIDENCE_LENGTH = 2000;
const MAX_PLACE_TEXT_LENGTH = 500;
const MAX_PLACE_WORDS = 100;

/**
 * Steps whose spoken answers say how to leave the parcel, in calls of earlier versions, whose utterances are not marked.
 * At `slots`, where other times are offered, customers may also say where to leave the parcel.
 */
const HANDOVER_STEPS: ReadonlySet<VoiceFlowStep> = new Set(['slots', 'placement', 'instructions', 'confirm']);

/**
 * Confidence of words that are not analyzed yet. They are kept as the text of the safe place, so that the agent has
 * them even if the recording is never analyzed. The low value lets any finding of the analysis replace them.
 */
const UNANALYZED_CONFIDENCE = 0.3;

type Findings = Omit<Instructions, 'complexity'>;

/**
 * Maps the decisions of a call to instructions. A later decision replaces an earlier one of the same kind.
 * @returns undefined if no decision is relevant to other apps
 */
export function toInstructions(decisions: readonly StepDecision[]): Instructions | undefined {
  const wrongNumber = decisions.find(
    ({ decision }) => decision.kind === 'opt_out' && decision.reason === 'wrong_number',
  );
  // The callee is not the customer: the number is called no more, and no agent receives their words.
  if (wrongNumber) return { ...collectFindings([wrongNumber]), complexity: 1 };
  const findings = collectFindings(decisions);
  const findingCount = Object.keys(findings).length;
  return findingCount === 0 ? undefined : { ...findings, complexity: Math.min(5, findingCount) };
}

function collectFindings(decisions: readonly StepDecision[]): Findings {
  const findings: Findings = {};
  for (const { decision } of decisions) addDecision(findings, decision);
  const words = findHandoverWords(decisions);
  if (words !== undefined)
    findings.safePlace = {
      ...(findings.safePlace ?? toUnanalyzedPlace(words.confidence, words.text)),
      text: words.text,
    };
  return findings;
}

function addDecision(findings: Findings, decision: Decision): void {
  switch (decision.kind) {
    case 'presence':
      findings.present = { ...toFinding(decision), value: decision.value };
      return;
    case 'safe_place':
      addSafePlace(findings, decision);
      return;
    case 'reschedule': {
      const { start, end } = decision.slot.window;
      const to = { start: start.toISOString(), end: end.toISOString() };
      findings.reschedule = { ...toFinding(decision), value: { to } };
      return;
    }
    case 'follow_up':
      if (decision.reason === 'no_slot_suits')
        findings.reschedule ??= {
          ...CERTAIN_BASIS,
          ...(decision.evidence === undefined ? {} : { evidence: toEvidence(decision.evidence) }),
          value: { to: null },
        };
      else findings.needsHuman = { ...CERTAIN_BASIS, value: true };
      return;
    case 'access_code':
      findings.accessCode = { ...toFinding(decision), value: clipText(decision.value, MAX_PLACE_TEXT_LENGTH) };
      return;
    case 'opt_out':
      findings.optOut = { ...toFinding(decision), value: true };
      return;
    case 'refused':
      findings.refused = { ...toFinding(decision), value: true };
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

function addSafePlace(findings: Findings, decision: Extract<Decision, { kind: 'safe_place' }>): void {
  if (decision.value !== 'spoken') {
    findings.safePlace = { ...toFinding(decision), value: decision.value };
    return;
  }
  // A pressed key only announces that the customer will describe the place. In speech, the value stands for a place
  // that the flow recognized but that has no key.
  if (decision.source === 'keys') return;
  const words = tokenize(decision.evidence, MAX_PLACE_WORDS).map((token) => token.text);
  const value = namePlace(words);
  findings.safePlace = { ...toFinding(decision), value, text: clipText(decision.evidence, MAX_PLACE_TEXT_LENGTH) };
}

/** Separates what the customer said at different times. */
const SEPARATOR = ' / ';

/**
 * Returns everything that the customer said about the handover, oldest first. Words about a place that was corrected
 * stay, because they may hold a code or a warning as well; the place itself is the last one.
 */
function findHandoverWords(decisions: readonly StepDecision[]): { text: string; confidence: number } | undefined {
  const marked = decisions.flatMap(({ decision }) =>
    decision.kind === 'spoken_instruction' && decision.isHandover === true ? [decision] : [],
  );
  const last = marked.at(-1);
  if (last === undefined) return findUnmarkedWords(decisions);
  const texts = [...new Set(marked.map(({ text }) => text.trim()))];
  return { text: clipText(texts.join(SEPARATOR), MAX_PLACE_TEXT_LENGTH), confidence: last.confidence };
}

/**
 * Returns the utterance of a call that an earlier version conducted: the last one about the handover, preceded by an
 * utterance of the `slots` step that names no place ("the gate code is …"). A newly chosen place discards the utterance
 * about the previous one.
 */
function findUnmarkedWords(decisions: readonly StepDecision[]): { text: string; confidence: number } | undefined {
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

/** Creates the finding for an utterance in which the flow recognized no place. */
const toUnanalyzedPlace = (confidence: number, text: string): NonNullable<Findings['safePlace']> => ({
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
