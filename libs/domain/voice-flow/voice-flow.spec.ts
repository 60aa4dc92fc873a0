import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  advance,
  getConversationEnding,
  PROMPTS,
  startVoiceFlow,
  type Step,
  type Verb,
  type VoiceFlowContext,
  type VoiceInput,
} from './index.js';
import { context, getKinds, getSpokenText, key, play, say, silence } from '#libs/testing/voice-flow/play.js';
import { maxDurationSeconds } from './time-limit.js';

describe('the voice flow', () => {
  it('greets with the organization and the reason, announces the recording and says how to opt out', () => {
    const first = startVoiceFlow(context);
    expect(getSpokenText(first)).toMatch(
      /Ana.*Acme Parcels.*Monday, March 2, between 2 PM and 4 PM.*recorded.*Press 9/,
    );
    expect(first.verbs.map(({ kind }) => kind)).toEqual(['say', 'say', 'startRecording', 'gather', 'redirect']);
  });

  it('can be completed with keys alone', () => {
    const { decisions, last } = play([key('1'), key('1'), key('1'), key('1')]);
    expect(decisions).toEqual([
      { kind: 'presence', value: true, source: 'keys', confidence: 1, evidence: '1' },
      { kind: 'safe_place', value: 'front_door', source: 'keys', confidence: 1, evidence: '1' },
      { kind: 'completed' },
    ]);
    expect(last.verbs.at(-1)).toEqual({ kind: 'hangup' });
    expect(getConversationEnding(last.state)).toBe('finished');
  });

  it('accepts speech, keeps the words and reads them back', () => {
    const words = 'leave it with my neighbor maria the gate code is 4 5 2 1';
    const { decisions, steps } = play([say('yes i will be home'), say(words), say('yes')]);
    expect(getKinds(decisions)).toEqual([
      'presence',
      'spoken_instruction',
      'safe_place',
      'spoken_instruction',
      'completed',
    ]);
    expect(decisions).toContainEqual(
      expect.objectContaining({ kind: 'safe_place', value: 'neighbour', evidence: 'my neighbor maria' }),
    );
    expect(decisions).toContainEqual({ kind: 'spoken_instruction', text: words, confidence: 0.95 });
    expect(getSpokenText(steps[2] ?? { verbs: [] })).toContain(words);
  });

  it('lets the customer correct the read-back', () => {
    const { decisions } = play([key('1'), key('1'), silence, key('2'), key('2'), silence, key('1')]);
    expect(decisions.flatMap((decision) => (decision.kind === 'safe_place' ? [decision.value] : []))).toEqual([
      'front_door',
      'neighbour',
    ]);
  });

  it('asks the customer to confirm an answer of middling confidence', () => {
    const { steps, decisions } = play([say('yes', 0.5), key('1')]);
    expect(steps[1]?.state.step).toBe('presence_confirm');
    expect(steps[1]?.decisions).toEqual([]);
    expect(decisions[0]).toMatchObject({ kind: 'presence', value: true, confidence: 1, source: 'keys' });
    expect(play([say('yes', 0.5), key('2')]).decisions[0]).toMatchObject({ kind: 'presence', value: false });
  });

  it.each([
    ['i will be home after six', false],
    ["i'm home from one to three", true],
    ["i won't be there until six", false],
    ['yes i am home all day', true],
  ])('compares the times in "%s" with the planned window', (text, value) => {
    expect(play([say(text)]).decisions[0]).toMatchObject({ kind: 'presence', value, evidence: text });
  });

  it('announces a text message after too many answers it does not understand', () => {
    const { last, decisions } = play([silence, say('mumble', 0.1), silence]);
    expect(getKinds(decisions)).toEqual(['follow_up', 'completed']);
    expect(getSpokenText(last)).toBe(PROMPTS.en.followUp);
  });

  it('moves the delivery to an offered slot, at once by key and after a confirmation by voice', () => {
    const byKey = play([key('2'), key('2')]);
    expect(byKey.decisions).toContainEqual(
      expect.objectContaining({ kind: 'reschedule', slot: context.offeredSlots[1], source: 'keys' }),
    );
    expect(getSpokenText(byKey.last)).toContain('Wednesday, March 4');
    const byVoice = play([say('can we do another day'), say('the first one')]);
    expect(byVoice.last.state.step).toBe('slot_confirm');
    expect(getKinds(byVoice.decisions)).not.toContain('reschedule');
    const confirmed = play([say('can we do another day'), say('the first one'), say('yes')]);
    expect(confirmed.decisions).toContainEqual(
      expect.objectContaining({ kind: 'reschedule', slot: context.offeredSlots[0] }),
    );
  });

  it('delivers as planned to an absent customer who wants no other slot', () => {
    const { decisions } = play([key('2'), key('3'), key('1'), silence, key('1')]);
    expect(getKinds(decisions)).toEqual(['presence', 'safe_place', 'completed']);
    expect(getKinds(play([key('2')], { ...context, offeredSlots: [] }).decisions)).toEqual(['presence']);
  });

  it.each([
    ['The gate code is four two seven one. Please leave it at the front door.', 'front_door'],
    ['please give it to my neighbor in number one', 'neighbour'],
    ['Leave leave it on the back porch behind the flower pot', 'spoken'],
  ])('takes "%s" as a placement, even in reply to the offered slots', (words, place) => {
    const { decisions, last } = play([say('no i will not be home'), say(words)]);
    expect(last.state.step).toBe('confirm');
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'safe_place', value: place }));
    expect(decisions).toContainEqual({ kind: 'spoken_instruction', text: words, confidence: 0.95 });
    expect(getSpokenText(last)).toContain(words);
  });

  it('asks for a placement when only a code was given, and reads both back', () => {
    const code = 'the gate code is four two seven one';
    const { decisions, last, steps } = play([key('2'), say(code), say('leave it on the porch')]);
    expect(steps[2]?.state.step).toBe('placement');
    expect(getKinds(decisions)).toEqual(['presence', 'spoken_instruction', 'safe_place', 'spoken_instruction']);
    expect(getSpokenText(last)).toContain(`${code} leave it on the porch`);
  });

  it.each([
    'neither',
    'no',
    'none of those',
    'leave it as planned',
    'just deliver it while i am out',
    'option three',
    'the third one please',
  ])('asks for a placement when an absent customer answers "%s" to the offered slots', (answer) => {
    expect(play([say('no i will not be home'), say(answer)]).last.state.step).toBe('placement');
  });

  it('asks for a placement when an absent customer does not answer the offered slots', () => {
    expect(play([key('2'), silence, silence, silence]).last.state.step).toBe('placement');
  });

  it('asks for a follow-up when the customer wants another day and rejects the offered slots', () => {
    const { decisions } = play([say('can we do another day'), say('none of those')]);
    expect(decisions).toContainEqual({ kind: 'follow_up', reason: 'no_slot_suits' });
    expect(play([say('can we do another day'), say('leave it as planned')]).last.state.step).toBe('placement');
  });

  it.each([
    ['the first one', 's1'],
    ['option two', 's2'],
    ['number one please', 's1'],
    ["i'd like the second one please", 's2'],
    ['the last one', 's2'],
    ['tomorrow morning please', 's1'],
    ['no wednesday', 's2'],
    ['wednesday afternoon is good for us', 's2'],
  ])('recognizes the slot that "%s" chooses', (answer, slotId) => {
    const { last } = play([key('2'), say(answer)], { ...context, now: new Date('2026-03-02T15:00:00Z') });
    expect(last.state).toMatchObject({ step: 'slot_confirm', pending: { kind: 'slot', slotId } });
  });

  it.each(['one moment i have two dogs', 'no one is there', 'not tomorrow', 'we are two people', 'thursday'])(
    'does not take "%s" as a choice of slot',
    (answer) => {
      const { last } = play([key('2'), say(answer)], { ...context, now: new Date('2026-03-02T15:00:00Z') });
      expect(last.state.step).not.toBe('slot_confirm');
    },
  );

  it.each([[key('9')], [say('please stop calling me', 0.2)], [say("don't call me again")]])(
    'applies the opt-out %j at every step',
    (optOut) => {
      const prefixes = [
        [],
        [key('1')],
        [key('2')],
        [say('yes', 0.5)],
        [key('1'), key('1')],
        [key('1'), key('1'), silence],
      ];
      for (const prefix of prefixes) {
        const { last } = play([...prefix, optOut]);
        expect(getKinds(last.decisions)).toEqual(['opt_out', 'completed']);
        expect(getSpokenText(last)).toBe(PROMPTS.en.optedOut);
        expect(last.verbs.at(-1)).toEqual({ kind: 'hangup' });
      }
    },
  );

  it('records only after a yes where consent is needed', () => {
    const contextWithConsent = { ...context, recordConsentNeeded: true };
    const records = ({ verbs }: Step): boolean => verbs.some(({ kind }) => kind === 'startRecording');
    expect(records(startVoiceFlow(contextWithConsent))).toBe(false);
    expect(records(play([key('1')], contextWithConsent).last)).toBe(true);
    for (const input of [key('2'), say('no'), say('yes', 0.5)]) {
      const { last } = play([input], contextWithConsent);
      expect(records(last)).toBe(false);
      expect(last.state.step).toBe('presence');
      expect(last.decisions).toMatchObject([{ kind: 'recording_consent', value: false }]);
    }
  });

  it('repeats, waits, changes the language and asks for a follow-up by a person', () => {
    expect(getSpokenText(play([say('can you repeat that')]).last)).toContain(PROMPTS.en.presenceQuestion);
    expect(play([say('hold on')]).last.verbs).toContainEqual({ kind: 'pause', seconds: 8 });
    expect(getSpokenText(play([say('español por favor')]).last)).toContain(PROMPTS.es.presenceQuestion);
    expect(play([say('i want to talk to a person')]).decisions[0]).toEqual({
      kind: 'follow_up',
      reason: 'wants_human',
    });
  });

  it('connects a customer who wants a person, and announces a text message when no one is free', () => {
    const contextWithTransfer = { ...context, transferNumber: '+13125550199' };
    const transferring = play([key('0')], contextWithTransfer).last;
    expect(transferring.verbs.at(-1)).toMatchObject({ kind: 'dial', number: '+13125550199' });
    expect(transferring.decisions).toEqual([]);

    const connected = play(
      [say('can I speak to someone'), { kind: 'transfer_ended', connected: true }],
      contextWithTransfer,
    );
    expect(connected.decisions).toEqual([{ kind: 'transfer', connected: true }, { kind: 'completed' }]);
    expect(connected.last.verbs).toEqual([{ kind: 'hangup' }]);

    const unanswered = play([key('0'), { kind: 'transfer_ended', connected: false }], contextWithTransfer);
    expect(unanswered.decisions).toEqual([
      { kind: 'transfer', connected: false },
      { kind: 'follow_up', reason: 'wants_human' },
      { kind: 'completed' },
    ]);
    expect(getSpokenText(unanswered.last)).toContain(PROMPTS.en.nobodyFree);
    expect(getSpokenText(unanswered.last)).toContain(PROMPTS.en.followUp);
  });

  it('introduces itself to a call screener, and does not take it for a human', () => {
    for (const question of ['Who is calling?', 'Please state your name and the reason for calling.']) {
      const { last, decisions } = play([say(question)], { ...context, parcel: 'your new lamp' });
      expect(getSpokenText(last)).toMatch(/^This is Acme Parcels, calling about the delivery of your new lamp\./);
      expect(getSpokenText(last)).toContain(PROMPTS.en.presenceQuestion);
      expect(last.state).toMatchObject({ step: 'presence', humanHeard: false, misses: 0 });
      expect(decisions).toEqual([]);
    }
  });

  it('supports Spanish', () => {
    const es: VoiceFlowContext = { ...context, language: 'es' };
    expect(getSpokenText(startVoiceFlow(es))).toMatch(/lunes 2 de marzo, entre las 2 de la tarde y las 4 de la tarde/);
    expect(getKinds(play([say('sí'), say('déjelo con mi vecina'), say('sí')], es).decisions)).toEqual([
      'presence',
      'safe_place',
      'spoken_instruction',
      'completed',
    ]);
  });

  it('leaves one message after the beep', () => {
    const { last, decisions } = play([
      { kind: 'call_answered', answeredBy: 'machine' },
      { kind: 'machine_beep' },
      { kind: 'machine_beep' },
    ]);
    expect(getKinds(decisions)).toEqual(['voicemail_left']);
    expect(getConversationEnding(last.state)).toBe('message_left');
  });

  it('does not take a person for a machine once they have answered', () => {
    const { last, decisions } = play([key('1'), { kind: 'machine_beep' }]);
    expect(getKinds(decisions)).toEqual(['presence']);
    expect(last.state.step).toBe('placement');
  });

  it('keeps the decisions made before the customer hangs up', () => {
    const hungUpAtOnce = play([{ kind: 'hung_up' }]);
    expect(getConversationEnding(hungUpAtOnce.last.state)).toBe('cut_short');
    const hungUpLater = play([key('1'), { kind: 'hung_up' }]);
    expect(getKinds(hungUpLater.decisions)).toEqual(['presence']);
    expect(getConversationEnding(hungUpLater.last.state)).toBe('finished');
  });

  it('ends a call that takes too long', () => {
    const { last } = play([say('hold on')], { ...context, elapsedSeconds: 600 });
    expect(last.decisions).toEqual([{ kind: 'follow_up', reason: 'took_too_long' }, { kind: 'completed' }]);
  });

  it('skips questions for which a short call has no time left, and keeps the decisions', () => {
    const withElapsed = (elapsedSeconds: number) => ({ ...context, maxCallSeconds: 60, elapsedSeconds });
    const { state } = startVoiceFlow(withElapsed(0));
    expect(advance(state, key('2'), withElapsed(22)).state.step).toBe('slots');
    expect(advance(state, key('2'), withElapsed(32)).state.step).toBe('placement');
    const stepNearLimit = advance(state, key('2'), withElapsed(50));
    expect(getKinds(stepNearLimit.decisions)).toEqual(['presence', 'follow_up', 'completed']);
    const settled = advance(state, key('1'), withElapsed(50));
    expect(getKinds(settled.decisions)).toEqual(['presence', 'completed']);
    expect(getSpokenText(settled)).toBe(PROMPTS.en.thanks);
    expect(getKinds(advance(state, key('9'), withElapsed(59)).decisions)).toEqual(['opt_out', 'completed']);
  });
});

describe('every sequence of inputs', () => {
  const inputs: fc.Arbitrary<VoiceInput> = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...'0123456789*#').map(key) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            ...'yes|no|repeat|hold on|another day|the first one|leave it with my neighbor|español|english|no thank you|i will be home after six and the code is 4 5 2 1|blah|sí|wait'.split(
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
