import { Instructions, parseContract } from '#libs/contracts/index.js';
import type { Decision, VoiceFlowStep } from '#libs/domain/voice-flow/index.js';
import { toInstructions } from './to-instructions.js';

const createStepDecision = (step: VoiceFlowStep, decision: Decision) => ({ step, decision });
const keyedAnswer = { source: 'keys', confidence: 1, evidence: '1' } as const;
const createSpokenAnswer = (evidence: string, confidence = 0.9) =>
  ({ source: 'speech', confidence, evidence }) as const;

describe('instructions from the decisions of a call', () => {
  it('are undefined if only recording consent was given', () => {
    expect(
      toInstructions([createStepDecision('consent', { kind: 'recording_consent', value: true, ...keyedAnswer })]),
    ).toBeUndefined();
  });

  it('record whether each finding was keyed or spoken, with the spoken words as evidence', () => {
    const instructions = toInstructions([
      createStepDecision('presence', { kind: 'presence', value: false, ...createSpokenAnswer('no I will be out') }),
      createStepDecision('placement', { kind: 'safe_place', value: 'neighbour', ...keyedAnswer }),
    ]);
    expect(instructions).toEqual({
      present: {
        value: false,
        source: 'speech',
        confidence: 0.9,
        evidence: { start: 0, end: 16, text: 'no I will be out' },
      },
      safePlace: { value: 'neighbour', source: 'keys', confidence: 1 },
      complexity: 2,
    });
  });

  it('add the customer’s words to a keyed safe place without changing it', () => {
    const instructions = toInstructions([
      createStepDecision('placement', { kind: 'safe_place', value: 'neighbour', ...keyedAnswer }),
      createStepDecision('instructions', {
        kind: 'spoken_instruction',
        text: 'number twelve, the blue door',
        confidence: 0.8,
      }),
    ]);
    expect(instructions?.safePlace).toEqual({
      value: 'neighbour',
      source: 'keys',
      confidence: 1,
      text: 'number twelve, the blue door',
    });
  });

  it('keep an utterance without a recognized place at a confidence that any analysis exceeds', () => {
    const utterance = { kind: 'spoken_instruction', text: 'behind the flower pot', confidence: 0.95 } as const;
    expect(toInstructions([createStepDecision('placement', utterance)])?.safePlace).toMatchObject({
      value: 'other',
      confidence: 0.3,
    });
    expect(toInstructions([createStepDecision('presence', utterance)])).toBeUndefined();
  });

  it('keep an access code said when times were offered, along with the safe place chosen next', () => {
    const code = { kind: 'spoken_instruction', text: 'the gate code is 4271', confidence: 0.9 } as const;
    const place = createStepDecision('placement', { kind: 'safe_place', value: 'neighbour', ...keyedAnswer });
    expect(toInstructions([createStepDecision('slots', code), place])?.safePlace).toEqual({
      value: 'neighbour',
      source: 'keys',
      confidence: 1,
      text: 'the gate code is 4271',
    });
    const utterance = { kind: 'spoken_instruction', text: 'on the porch', confidence: 0.9 } as const;
    expect(
      toInstructions([createStepDecision('slots', code), createStepDecision('placement', utterance)])?.safePlace?.text,
    ).toBe('the gate code is 4271 on the porch');
    const corrected = [
      createStepDecision('slots', code),
      createStepDecision('placement', utterance),
      createStepDecision('confirm', { ...utterance, text: 'in the shed' }),
    ];
    expect(toInstructions(corrected)?.safePlace?.text).toBe('in the shed');
  });

  it('name a spoken safe place that has no key', () => {
    const instructions = toInstructions([
      createStepDecision('placement', { kind: 'safe_place', value: 'spoken', ...createSpokenAnswer('in the garage') }),
    ]);
    expect(instructions?.safePlace).toMatchObject({ value: 'garage', text: 'in the garage' });
  });

  it('record why an employee must contact the customer', () => {
    expect(
      toInstructions([createStepDecision('slots', { kind: 'follow_up', reason: 'no_slot_suits' })])?.reschedule?.value,
    ).toEqual({
      to: null,
    });
    expect(
      toInstructions([createStepDecision('consent', { kind: 'follow_up', reason: 'wants_human' })])?.needsHuman?.value,
    ).toBe(true);
  });

  it('keep everything that was said about the handover at any question, oldest first', () => {
    const marked = (text: string) => ({ kind: 'spoken_instruction', text, confidence: 0.9, isHandover: true }) as const;
    const instructions = toInstructions([
      createStepDecision('presence', { kind: 'presence', value: false, ...createSpokenAnswer('nobody is home') }),
      createStepDecision('presence', { kind: 'safe_place', value: 'front_door', ...createSpokenAnswer('front door') }),
      createStepDecision('presence', marked('nobody is home, front door, beware of the dog')),
      createStepDecision('confirm', { kind: 'safe_place', value: 'spoken', ...createSpokenAnswer('in the shed') }),
      createStepDecision('confirm', marked('no, in the shed')),
      createStepDecision('presence_check', { kind: 'spoken_instruction', text: 'I said so', confidence: 0.9 }),
    ]);
    expect(instructions?.safePlace).toMatchObject({
      value: 'shed',
      text: 'nobody is home, front door, beware of the dog / no, in the shed',
    });
  });

  it('contain a confirmed refusal', () => {
    const refused = { kind: 'refused', value: true, ...createSpokenAnswer('I do not want it / yes') } as const;
    expect(toInstructions([createStepDecision('refusal_confirm', refused)])).toMatchObject({
      refused: { value: true, source: 'speech', evidence: { text: 'I do not want it / yes' } },
    });
  });

  it('contain nothing but the opt-out when the number is not the customer’s', () => {
    const instructions = toInstructions([
      createStepDecision('presence', { kind: 'presence', value: true, ...keyedAnswer }),
      createStepDecision('presence', {
        kind: 'opt_out',
        reason: 'wrong_number',
        ...createSpokenAnswer('wrong number'),
      }),
    ]);
    expect(Object.keys(instructions ?? {}).sort()).toEqual(['complexity', 'optOut']);
  });

  it('keep the words for the time that is wanted instead', () => {
    const wish = { kind: 'follow_up', reason: 'no_slot_suits', evidence: 'next Friday would be better' } as const;
    expect(toInstructions([createStepDecision('slots', wish)])?.reschedule).toMatchObject({
      value: { to: null },
      evidence: { text: 'next Friday would be better' },
    });
  });

  it('match the contract, however long the utterances are', () => {
    const longText = 'word '.repeat(2_000);
    const slot = {
      id: 'slot-1',
      window: { start: new Date('2026-03-04T18:00:00Z'), end: new Date('2026-03-04T20:00:00Z') },
    };
    const instructions = toInstructions([
      createStepDecision('presence', { kind: 'presence', value: true, ...createSpokenAnswer(longText) }),
      createStepDecision('placement', { kind: 'safe_place', value: 'spoken', ...createSpokenAnswer(longText) }),
      createStepDecision('instructions', { kind: 'spoken_instruction', text: longText, confidence: 1 }),
      createStepDecision('slots', { kind: 'reschedule', slot, ...keyedAnswer }),
      createStepDecision('confirm', { kind: 'opt_out', ...createSpokenAnswer(longText) }),
    ]);
    expect(() => parseContract(Instructions, JSON.parse(JSON.stringify(instructions)), 'reject')).not.toThrow();
  });
});
