import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { advance, startVoiceFlow, type Step, type Verb, type VoiceFlowContext, type VoiceInput } from './index.js';
import { context, getKinds, key, play, say, silence } from '#libs/testing/voice-flow/play.js';
import { maxDurationSeconds } from './time-limit.js';

describe('every sequence of inputs', () => {
  const inputs: fc.Arbitrary<VoiceInput> = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...'0123456789*#').map(key) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            ...'yes|no|repeat|hold on|another day|the first one|leave it with my neighbor|español|english|no thank you|i will be home after six and the code is 4 5 2 1|blah|sí|wait|not sure|what|send it back i do not want it|wrong address|nobody will be there leave it on the porch|my wife will|yeah no|no pues sí|llego hasta las cinco|leave it behind the shed not on the porch|another day or leave it with the doorman'.split(
              '|',
            ),
          ),
          fc.double({ min: 0, max: 1, noNaN: true }),
        )
        .map(([text, confidence]) => say(text, confidence)),
    },
    { weight: 2, arbitrary: fc.constant(silence) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<VoiceInput>(
        { kind: 'recording_done', durationSeconds: 3 },
        { kind: 'call_answered', answeredBy: 'unknown' },
        { kind: 'call_answered', answeredBy: 'machine' },
        { kind: 'machine_beep' },
      ),
    },
  );
  const contexts = fc.record({
    language: fc.constantFrom('en' as const, 'es' as const),
    recordConsentNeeded: fc.boolean(),
    mayRecord: fc.boolean(),
    pauseForCodes: fc.boolean(),
    isRecorded: fc.boolean(),
    askFallbackPlace: fc.boolean(),
    offeredSlots: fc.subarray([...context.offeredSlots]),
  });

  /** A generous estimate of the duration: slow speech, and every wait up to its timeout. */
  const estimateSeconds = (verbs: readonly Verb[]): number =>
    verbs.reduce((sum, verb) => {
      if (verb.kind === 'pause') return sum + verb.seconds;
      if (verb.kind === 'record') return sum + verb.maxSeconds;
      if (verb.kind === 'gather')
        return sum + verb.timeoutSeconds + countWords(verb.prompt.map(({ text }) => text).join(' ')) / 2;
      return verb.kind === 'say' ? sum + countWords(verb.text) / 2 : sum;
    }, 0);
  const countWords = (text: string): number => text.split(/\s+/).length;

  it('ends within the limits, listens or hangs up at every step, and keeps the state small', () => {
    fc.assert(
      fc.property(contexts, fc.array(inputs, { minLength: 30, maxLength: 30 }), (callFacts, sequence) => {
        const callContext: VoiceFlowContext = { ...context, ...callFacts };
        let step = startVoiceFlow(callContext);
        let elapsed = estimateSeconds(step.verbs);
        const closings: string[] = [];
        const faults: string[] = [];
        for (const input of sequence) {
          if (step.state.step === 'ended') break;
          const stored = JSON.stringify(step.state);
          if (stored.length >= 700) faults.push(`state of ${stored.length} characters`);
          step = advance(JSON.parse(stored) as Step['state'], input, { ...callContext, elapsedSeconds: elapsed });
          elapsed += estimateSeconds(step.verbs);
          closings.push(
            ...getKinds(step.decisions).filter((kind) => kind === 'completed' || kind === 'voicemail_left'),
          );
          // Each turn either listens and redirects, or hangs up.
          const isLast = step.state.step === 'ended' || step.state.step === 'voicemail_wait';
          const lastKinds = step.verbs.slice(-2).map(({ kind }) => kind);
          const listeningKinds = step.state.step === 'message' ? 'record,redirect' : 'gather,redirect';
          if (isLast ? lastKinds.at(-1) !== 'hangup' : lastKinds.join() !== listeningKinds)
            faults.push(`ends with ${lastKinds.join()}`);
        }
        if (step.state.step !== 'ended') faults.push(`still in ${step.state.step}`);
        if (closings.length > 1) faults.push(`closed by ${closings.join()}`);
        if (elapsed >= 360) faults.push(`took ${elapsed} s`);
        expect(faults).toEqual([]);
      }),
      { numRuns: propertyRuns(10_000) },
    );
  });

  it('ends within the maximum duration of the call', () => {
    const customerInputs = inputs.filter(({ kind }) => kind === 'digits' || kind === 'speech' || kind === 'silence');
    fc.assert(
      fc.property(
        contexts,
        fc.integer({ min: 60, max: 240 }),
        fc.array(customerInputs, { minLength: 30, maxLength: 30 }),
        (callFacts, maxCallSeconds, sequence) => {
          const callContext: VoiceFlowContext = { ...context, ...callFacts, maxCallSeconds };
          let step = startVoiceFlow(callContext);
          let elapsed = maxDurationSeconds(step.verbs);
          for (const input of sequence) {
            step = advance(step.state, input, { ...callContext, elapsedSeconds: elapsed });
            elapsed += maxDurationSeconds(step.verbs);
          }
          expect(step.state.step).toBe('ended');
          expect(elapsed).toBeLessThanOrEqual(maxCallSeconds);
        },
      ),
      { numRuns: propertyRuns(2_000) },
    );
  });

  it('gives the same steps when it is repeated', () => {
    fc.assert(
      fc.property(fc.array(inputs, { maxLength: 12 }), (sequence) => {
        expect(play(sequence)).toEqual(play(sequence));
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});
