import { advance, getConversationEnding, PROMPTS, startVoiceFlow, type Step, type VoiceFlowContext } from './index.js';
import { context, getKinds, getSpokenText, key, play, say, silence } from '#libs/testing/voice-flow/play.js';

describe('the voice flow', () => {
  it('greets with the organization and the reason, announces the recording and says how to opt out', () => {
    const first = startVoiceFlow(context);
    expect(getSpokenText(first)).toMatch(
      /Ana.*Acme Parcels.*your delivery.*recorded.*Press 9.*Monday, March 2, 2 to 4 PM/,
    );
    expect(first.verbs.map(({ kind }) => kind)).toEqual(['say', 'say', 'startRecording', 'gather', 'redirect']);
  });

  it('can be completed with keys alone', () => {
    const { decisions, last } = play([key('2'), key('1'), key('1')]);
    expect(decisions).toEqual([
      { kind: 'presence', value: false, source: 'keys', confidence: 1, evidence: '2' },
      { kind: 'safe_place', value: 'front_door', source: 'keys', confidence: 1, evidence: '1' },
      { kind: 'completed' },
    ]);
    expect(last.verbs.at(-1)).toEqual({ kind: 'hangup' });
    expect(getConversationEnding(last.state)).toBe('finished');
  });

  it('asks a customer who keyed a neighbor which one, and passes the answer on', () => {
    const { steps, decisions } = play([key('2'), key('2'), say('Mrs Harper in number twelve'), key('1')]);
    expect(getSpokenText(steps[2] ?? { verbs: [] })).toBe('Which neighbor?');
    expect(decisions).toContainEqual(
      expect.objectContaining({ kind: 'spoken_instruction', text: 'Mrs Harper in number twelve' }),
    );
    const unnamed = play([key('2'), key('2'), silence]).last;
    expect(getSpokenText(unnamed)).toBe('So nobody will be there, and we leave it with a neighbor. Is that right?');
  });

  it('accepts speech, keeps the words and reads them back', () => {
    const words = 'leave it with my neighbor maria the gate code is 4 5 2 1';
    const { decisions, steps } = play([say('no i will not be home'), say(words), say('yes')]);
    expect(getKinds(decisions)).toEqual(['presence', 'safe_place', 'access_code', 'spoken_instruction', 'completed']);
    expect(decisions).toContainEqual(
      expect.objectContaining({ kind: 'safe_place', value: 'neighbour', evidence: 'my neighbor maria' }),
    );
    expect(decisions).toContainEqual({
      kind: 'spoken_instruction',
      text: words,
      confidence: 0.95,
      isHandover: true,
    });
    // The code is not spoken, because the read-back may be recorded.
    expect(getSpokenText(steps[2] ?? { verbs: [] })).toBe(
      'So nobody will be there, and we leave it with your neighbor maria; the code is noted. Is that right?',
    );
  });

  it.each([[key('9')], [say('please stop calling me', 0.2)], [say("don't call me again")]])(
    'applies the opt-out %j at every step',
    (optOut) => {
      const prefixes = [
        [],
        [key('1')],
        [key('2')],
        [say('yes', 0.5)],
        [key('2'), key('1')],
        [key('2'), key('3'), silence],
        [key('5')],
        [say("I don't want it anymore send it back")],
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
    expect(getSpokenText(play([say('can you repeat that')]).last)).toContain('Press 1 if somebody will be there');
    expect(play([say('hold on')]).last.verbs).toContainEqual({ kind: 'pause', seconds: 8 });
    expect(getSpokenText(play([say('español por favor')]).last)).toContain('¿habrá alguien, o dónde lo dejamos?');
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
      expect(getSpokenText(last)).toContain('will somebody be there, or where should we leave it?');
      expect(last.state).toMatchObject({ step: 'presence', humanHeard: false, misses: 0 });
      expect(decisions).toEqual([]);
    }
  });

  it('supports Spanish', () => {
    const es: VoiceFlowContext = { ...context, language: 'es' };
    expect(getSpokenText(startVoiceFlow(es))).toMatch(/lunes 2 de marzo, de 2 a 4 de la tarde/);
    expect(getKinds(play([say('no'), say('déjelo con mi vecina'), say('sí')], es).decisions)).toEqual([
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
    expect(last.state.step).toBe('confirm');
  });

  it('keeps the decisions made before the customer hangs up', () => {
    const hungUpAtOnce = play([{ kind: 'hung_up' }]);
    expect(getConversationEnding(hungUpAtOnce.last.state)).toBe('cut_short');
    const hungUpLater = play([key('1'), { kind: 'hung_up' }]);
    expect(getKinds(hungUpLater.decisions)).toEqual(['presence']);
    expect(getConversationEnding(hungUpLater.last.state)).toBe('finished');
    const hungUpAfterPlace = play([say('leave it on the porch'), { kind: 'hung_up' }]);
    expect(getKinds(hungUpAfterPlace.decisions)).toEqual(['safe_place', 'spoken_instruction']);
    expect(getConversationEnding(hungUpAfterPlace.last.state)).toBe('finished');
  });

  it('ends a call that takes too long', () => {
    const { last } = play([say('hold on')], { ...context, elapsedSeconds: 600 });
    expect(last.decisions).toEqual([{ kind: 'follow_up', reason: 'took_too_long' }, { kind: 'completed' }]);
  });

  it('skips questions for which a short call has no time left, and keeps the decisions', () => {
    const withElapsed = (elapsedSeconds: number) => ({ ...context, maxCallSeconds: 60, elapsedSeconds });
    const { state } = startVoiceFlow(withElapsed(0));
    const absent = advance(state, key('2'), withElapsed(20)).state;
    expect(advance(absent, key('5'), withElapsed(30)).state.step).toBe('slots');
    expect(advance(absent, key('5'), withElapsed(39)).state.step).toBe('placement');
    const stepNearLimit = advance(state, key('2'), withElapsed(50));
    expect(getKinds(stepNearLimit.decisions)).toEqual(['presence', 'follow_up', 'completed']);
    const settled = advance(state, key('1'), withElapsed(50));
    expect(getKinds(settled.decisions)).toEqual(['presence', 'completed']);
    expect(getSpokenText(settled)).toBe(PROMPTS.en.thanks);
    expect(getKinds(advance(state, key('9'), withElapsed(59)).decisions)).toEqual(['opt_out', 'completed']);
  });
});
