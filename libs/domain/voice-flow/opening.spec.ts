import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { PROMPTS, startVoiceFlow, type Step, type VoiceFlowContext, type VoiceInput } from './index.js';
import { context, getSpokenText, key, play, say, silence } from '#libs/testing/voice-flow/play.js';

const MAX_OPENING_WORDS = 30;
const countWords = (text: string): number => text.split(/\s+/).length;

/** A name of up to the given number of words. */
const names = (maxWords: number): fc.Arbitrary<string> =>
  fc
    .array(fc.stringMatching(/^[A-Z][a-z]{1,9}$/), { minLength: 1, maxLength: maxWords })
    .map((words) => words.join(' '));

const contexts = fc.record({
  language: fc.constantFrom('en' as const, 'es' as const),
  organizationName: names(6),
  customerName: fc.option(names(8), { nil: undefined }),
  parcel: fc.option(names(9), { nil: undefined }),
  customerCalled: fc.boolean(),
  recordConsentNeeded: fc.boolean(),
  mayRecord: fc.boolean(),
});

const inputs: fc.Arbitrary<VoiceInput> = fc.oneof(
  fc.constantFrom(...'012345*').map(key),
  fc
    .constantFrom('yes', 'no', 'what', 'blah', 'not sure', 'who is calling', 'leave it on the porch', 'no problem')
    .map((text) => say(text)),
  fc.constant(silence),
);

const startsRecording = ({ verbs }: Step): boolean => verbs.some(({ kind }) => kind === 'startRecording');

/** The opening: everything that is said up to the first question about the delivery. */
function toOpening(step: Step, callContext: VoiceFlowContext): string {
  const { language, recordConsentNeeded, mayRecord, planned, zone, now } = callContext;
  const spoken = getSpokenText(step);
  if (recordConsentNeeded && mayRecord) return spoken;
  const prompts = PROMPTS[language];
  const end = spoken.indexOf(prompts.presenceQuestion(prompts.shortWindow(planned, zone, now)));
  return spoken.slice(0, end).trim();
}

describe('the opening of a call', () => {
  it('says who calls first, then the opt-out, and takes at most 12 seconds', () => {
    fc.assert(
      fc.property(contexts, (facts) => {
        const callContext: VoiceFlowContext = { ...context, ...facts };
        const opening = toOpening(startVoiceFlow(callContext), callContext);
        const [identity, optOut, consent] = [
          opening.indexOf(facts.organizationName),
          opening.indexOf(PROMPTS[facts.language].optOutHint),
          opening.indexOf(PROMPTS[facts.language].consentQuestion),
        ];
        expect(identity).toBeGreaterThanOrEqual(0);
        expect(optOut).toBeGreaterThan(identity);
        expect(consent >= 0).toBe(facts.recordConsentNeeded && facts.mayRecord);
        if (consent >= 0) expect(consent).toBeGreaterThan(optOut);
        expect(countWords(opening)).toBeLessThanOrEqual(MAX_OPENING_WORDS);
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });

  it('records only after a yes where consent is needed, only after the notice elsewhere, and never where it may not', () => {
    fc.assert(
      fc.property(contexts, fc.array(inputs, { maxLength: 6 }), (facts, sequence) => {
        const callContext: VoiceFlowContext = { ...context, ...facts };
        const { steps } = play(sequence, callContext);
        const prompts = PROMPTS[facts.language];
        const recordings = steps.filter(startsRecording);
        if (!facts.mayRecord) {
          expect(recordings).toEqual([]);
          const spoken = steps.map((step) => getSpokenText(step)).join(' ');
          expect(spoken).not.toContain(prompts.consentQuestion);
          expect(spoken).not.toContain(prompts.recordingNotice);
          return;
        }
        if (facts.recordConsentNeeded) {
          for (const step of recordings)
            expect(step.decisions).toMatchObject([{ kind: 'recording_consent', value: true }]);
          return;
        }
        const { verbs } = startVoiceFlow(callContext);
        const notice = verbs.findIndex((verb) => verb.kind === 'say' && verb.text === prompts.recordingNotice);
        const start = verbs.findIndex(({ kind }) => kind === 'startRecording');
        expect(notice).toBeGreaterThanOrEqual(0);
        expect(start).toBeGreaterThan(notice);
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });
});
