import fc from 'fast-check';
import { HANDLINGS, HAZARDS, SAFE_PLACES, type Instructions } from '#libs/contracts/index.js';
import { toSmsText } from '../escalation/escalation.js';
import { summarizeInstructions } from './summarize-instructions.js';

const createFinding = <V>(value: V) => ({ value, confidence: 0.9, source: 'analysis' as const });

describe('summarizeInstructions', () => {
  it('summarizes in one line what the agent has to do', () => {
    const instructions: Instructions = {
      safePlace: createFinding('garage' as const),
      accessCode: createFinding('4512#'),
      hazards: createFinding(['dog' as const]),
      complexity: 3,
    };
    expect(summarizeInstructions(instructions, true)).toBe('Leave it in the garage. Access code in the app. Dog.');
  });

  it('mentions a gate code if the safe place is the gate', () => {
    const instructions: Instructions = {
      safePlace: createFinding('gate' as const),
      accessCode: createFinding('77'),
      complexity: 2,
    };
    expect(summarizeInstructions(instructions, true)).toBe('Leave it at the gate. Gate code in the app.');
  });

  it('distinguishes a customer without instructions from one who was not reached', () => {
    expect(summarizeInstructions({ complexity: 1 }, true)).toBe(
      'The customer has no special wishes; deliver as planned.',
    );
    expect(summarizeInstructions(undefined, false)).toBe('The customer was not reached; deliver as planned.');
  });

  it('says of a wish in a text that the customer was asked, until they answer or the wait is over', () => {
    const refusal = { ...createFinding(true), confirmation: 'awaited' as const };
    expect(summarizeInstructions({ refused: refusal, complexity: 1 }, true)).toBe(
      'The customer may not want it, we asked and wait for the answer.',
    );
    const late = { ...refusal, confirmation: 'unanswered' as const };
    expect(summarizeInstructions({ refused: late, complexity: 1 }, true)).toBe('The customer may not want it, ask.');
    const move = { ...createFinding({ to: null }), confirmation: 'awaited' as const };
    expect(summarizeInstructions({ reschedule: move, complexity: 1 }, true)).toBe(
      'May want another time, we asked and wait for the answer.',
    );
  });

  it('never contains the access code or the customer’s free text, in whichever field it is', () => {
    const secret = fc.stringMatching(/^[A-Z]{1,3}[0-9]{3,6}#?$/);
    const optional = <V>(values: fc.Arbitrary<V>) => fc.option(values, { nil: undefined });
    const instructionParts = secret.chain((code) =>
      fc.record({
        code: fc.constant(code),
        place: optional(fc.constantFrom(...SAFE_PLACES)),
        hazards: optional(fc.uniqueArray(fc.constantFrom(...HAZARDS))),
        handling: optional(fc.uniqueArray(fc.constantFrom(...HANDLINGS))),
        hasRecipient: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(instructionParts, ({ code, place, hazards, handling, hasRecipient }) => {
        const evidence = { start: 0, end: 20, text: `the code is ${code}` };
        const instructions: Instructions = {
          ...(place ? { safePlace: { ...createFinding(place), text: `behind the door, ${code}`, evidence } } : {}),
          accessCode: { ...createFinding(code), evidence },
          ...(hasRecipient ? { recipient: createFinding({ name: `Maria ${code}`, unit: code }) } : {}),
          ...(hazards ? { hazards: createFinding(hazards) } : {}),
          ...(handling ? { handling: createFinding(handling) } : {}),
          complexity: 3,
        };
        const summary = summarizeInstructions(instructions, true);
        expect(summary).not.toContain(code);
        expect(toSmsText('REF', summary)).not.toContain(code);
        expect(summary).toMatch(/code in the app/);
        expect(summary.length).toBeLessThanOrEqual(300);
      }),
    );
  });
});
