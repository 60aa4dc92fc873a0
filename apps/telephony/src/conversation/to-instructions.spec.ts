import { Instructions, parseContract } from '#libs/contracts/index.js';
import type { Decision, VoiceFlowStep } from '#libs/domain/voice-flow/index.js';
import { toInstructions } from './to-instructions.js';

const made = (step: VoiceFlowStep, decision: Decision) => ({ step, decision });
const keys = { source: 'keys', confidence: 1, evidence: '1' } as const;
const speech = (evidence: string, confidence = 0.9) => ({ source: 'speech', confidence, evidence }) as const;

describe('instructions from the decisions of a call', () => {
  it('are undefined if only recording consent was given', () => {
    expect(toInstructions([made('consent', { kind: 'recording_consent', value: true, ...keys })])).toBeUndefined();
  });

  it('record whether each finding was keyed or spoken, with the spoken words as evidence', () => {
    const found = toInstructions([
      made('presence', { kind: 'presence', value: false, ...speech('no I will be out') }),
      made('placement', { kind: 'safe_place', value: 'neighbour', ...keys }),
    ]);
    expect(found).toEqual({
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
    const found = toInstructions([
      made('placement', { kind: 'safe_place', value: 'neighbour', ...keys }),
      made('instructions', { kind: 'spoken_instruction', text: 'number twelve, the blue door', confidence: 0.8 }),
    ]);
    expect(found?.safePlace).toEqual({
      value: 'neighbour',
      source: 'keys',
      confidence: 1,
      text: 'number twelve, the blue door',
    });
  });

  it('keep words without a recognized place at a confidence that any analysis exceeds', () => {
    const words = { kind: 'spoken_instruction', text: 'behind the flower pot', confidence: 0.95 } as const;
    expect(toInstructions([made('placement', words)])?.safePlace).toMatchObject({ value: 'other', confidence: 0.3 });
    expect(toInstructions([made('presence', words)])).toBeUndefined();
  });

  it('keep an access code said when times were offered, along with the safe place chosen next', () => {
    const code = { kind: 'spoken_instruction', text: 'the gate code is 4271', confidence: 0.9 } as const;
    const place = made('placement', { kind: 'safe_place', value: 'neighbour', ...keys });
    expect(toInstructions([made('slots', code), place])?.safePlace).toEqual({
      value: 'neighbour',
      source: 'keys',
      confidence: 1,
      text: 'the gate code is 4271',
    });
    const words = { kind: 'spoken_instruction', text: 'on the porch', confidence: 0.9 } as const;
    expect(toInstructions([made('slots', code), made('placement', words)])?.safePlace?.text).toBe(
      'the gate code is 4271 on the porch',
    );
    const corrected = [
      made('slots', code),
      made('placement', words),
      made('confirm', { ...words, text: 'in the shed' }),
    ];
    expect(toInstructions(corrected)?.safePlace?.text).toBe('in the shed');
  });

  it('name a spoken safe place that has no key', () => {
    const found = toInstructions([
      made('placement', { kind: 'safe_place', value: 'spoken', ...speech('in the garage') }),
    ]);
    expect(found?.safePlace).toMatchObject({ value: 'garage', text: 'in the garage' });
  });

  it('say why someone must contact the customer', () => {
    expect(toInstructions([made('slots', { kind: 'follow_up', reason: 'no_slot_suits' })])?.reschedule?.value).toEqual({
      to: null,
    });
    expect(toInstructions([made('consent', { kind: 'follow_up', reason: 'wants_human' })])?.needsHuman?.value).toBe(
      true,
    );
  });

  it('fit the contract, however long the words are', () => {
    const long = 'word '.repeat(2_000);
    const slot = {
      id: 'slot-1',
      window: { start: new Date('2026-03-04T18:00:00Z'), end: new Date('2026-03-04T20:00:00Z') },
    };
    const found = toInstructions([
      made('presence', { kind: 'presence', value: true, ...speech(long) }),
      made('placement', { kind: 'safe_place', value: 'spoken', ...speech(long) }),
      made('instructions', { kind: 'spoken_instruction', text: long, confidence: 1 }),
      made('slots', { kind: 'reschedule', slot, ...keys }),
      made('confirm', { kind: 'opt_out', ...speech(long) }),
    ]);
    expect(() => parseContract(Instructions, JSON.parse(JSON.stringify(found)), 'reject')).not.toThrow();
  });
});
