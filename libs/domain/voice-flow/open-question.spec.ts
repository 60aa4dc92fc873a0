import { advance, PROMPTS, type VoiceFlowContext } from './index.js';
import {
  context,
  createWindow,
  getKinds,
  getSpokenText,
  key,
  play,
  say,
  silence,
} from '#libs/testing/voice-flow/play.js';

const es: VoiceFlowContext = { ...context, language: 'es' };
const withoutSlots: VoiceFlowContext = { ...context, offeredSlots: [] };

describe('the open question', () => {
  it('asks who will be there and where to leave it, in the shortest clear window', () => {
    const toQuestion = (now: string, language: 'en' | 'es' = 'en'): string =>
      getSpokenText(play([], { ...context, language, mayRecord: false, now: new Date(now) }).last);
    expect(toQuestion('2026-03-02T15:00:00Z')).toContain('Today, 2 to 4 PM:');
    expect(toQuestion('2026-03-01T15:00:00Z')).toContain('Tomorrow, 2 to 4 PM:');
    expect(toQuestion('2026-02-27T15:00:00Z')).toContain('Monday, 2 to 4 PM:');
    expect(toQuestion('2026-02-20T15:00:00Z')).toContain('Monday, March 2, 2 to 4 PM:');
    expect(toQuestion('2026-03-01T15:00:00Z', 'es')).toContain('Mañana, de 2 a 4 de la tarde:');
    const acrossNoon = { ...context, planned: createWindow(2, 17, 19), mayRecord: false };
    expect(getSpokenText(play([], acrossNoon).last)).toContain('11 AM to 1 PM');
  });

  it('needs one answer and one confirmation when everything is said at once', () => {
    const words = 'nobody will be home leave it on the back porch the gate code is four two seven one';
    const { steps, decisions, last } = play([say(words), say('yes')]);
    expect(getSpokenText(steps[1] ?? { verbs: [] })).toBe(
      'So nobody will be there, and we leave it on the back porch; the code is noted. Is that right?',
    );
    expect(decisions).toMatchObject([
      { kind: 'presence', value: false },
      { kind: 'safe_place', value: 'spoken', evidence: 'on the back porch' },
      { kind: 'access_code', value: '4271' },
      { kind: 'spoken_instruction', text: words, isHandover: true },
      { kind: 'completed' },
    ]);
    expect(last.state.ending).toBe('finished');
  });

  it('asks only for the place when no one will be there, and not even for that when it was said', () => {
    const absent = play([say("I won't be home")]);
    expect(absent.last.state.step).toBe('placement');
    expect(getSpokenText(absent.last)).toBe('Where should we leave it, or is another day better?');
    expect(play([say('just leave it in the garage please')]).last.state.step).toBe('confirm');
  });

  it.each([
    [say('yes I will be home'), 'somebody'],
    [key('1'), 'somebody'],
    [say("I won't be home but my wife will"), 'your wife'],
    [say('no but my husband is home all day'), 'your husband'],
    [say('somebody will be there'), 'somebody'],
    [say("I'm at work but our nanny can take it"), 'your nanny'],
    [say('my son should be there'), 'your son'],
    [say('not me but my roommate can grab it'), 'your roommate'],
    [say("I'm gonna be at work but my dad's gonna be there"), 'your dad'],
    [say('no but somebody else will be'), 'somebody'],
  ])('asks for no place when somebody will be there: %j', (input, person) => {
    const { last, decisions } = play([input], withoutSlots);
    expect(decisions[0]).toMatchObject({ kind: 'presence', value: true });
    expect(getSpokenText(last)).toBe(`So ${person} will be there. Is that right?`);
  });

  it.each([
    ['no voy a estar pero mi esposa sí', 'estará su esposa'],
    ['mi mamá va a estar', 'estará su mamá'],
    ['no estoy pero está mi hijo', 'estará su hijo'],
    ['sí, aquí voy a estar', 'habrá alguien'],
    ['yo no pero se queda mi suegra', 'estará su suegra'],
    ['no, pero puede recibirlo mi hermano', 'estará su hermano'],
    ['van a estar mis hijos', 'estarán sus hijos'],
  ])('asks for no place in Spanish: "%s"', (text, there) => {
    const { last, decisions } = play([say(text)], { ...es, offeredSlots: [] });
    expect(decisions[0]).toMatchObject({ kind: 'presence', value: true });
    expect(getSpokenText(last)).toBe(`Entonces ${there}. ¿Es correcto?`);
  });

  it.each(["my wife won't be home either", 'my husband is at work', 'my roommate is out of town'])(
    'does not take "%s" for somebody who will be there',
    (text) => {
      expect(play([say(text)], withoutSlots).decisions).not.toContainEqual(
        expect.objectContaining({ kind: 'presence', value: true }),
      );
    },
  );

  it('asks for a place although somebody will be there, if the organization wants one', () => {
    const { last } = play([key('1')], { ...context, askFallbackPlace: true });
    expect(last.state.step).toBe('placement');
    expect(getSpokenText(last)).toContain('if nobody answers the door');
  });

  it.each(["I'm not sure I'll be home", 'it depends', "I don't know yet", 'maybe', 'hard to say', 'we might be home'])(
    'asks where to leave it in case no one is there, and decides nothing, after "%s"',
    (text) => {
      const { last, decisions } = play([say(text)]);
      expect(getSpokenText(last)).toContain('If nobody is there, where should we leave it');
      expect(getKinds(decisions)).not.toContain('presence');
      const placed = play([say(text), say('on the porch')]).last;
      expect(getSpokenText(placed)).toBe('So if nobody is there, we leave it on the porch. Is that right?');
    },
  );

  it.each(['no sé', 'a lo mejor', 'depende', 'no estoy seguro', 'quién sabe'])(
    'decides nothing after "%s" in Spanish',
    (text) => {
      const { last, decisions } = play([say(text)], es);
      expect(last.state.step).toBe('placement');
      expect(decisions).toEqual([]);
    },
  );

  it.each(['is somebody there', 'is anyone there?', 'hello?', 'are you still there', 'what time is it coming'])(
    'takes the question "%s" for no answer',
    (text) => {
      const { last, decisions } = play([say(text)]);
      expect(decisions).toEqual([]);
      expect(last.state.step).toBe('presence');
    },
  );

  it.each([
    ['absolutely not', false],
    ['i will be home after six', false],
    ["i'm home from one to three", true],
    ["i won't be there until six", false],
    ['yes i am home all day', true],
    ['I get off work at five', false],
    ["I'm back by seven", false],
    ['not till half past four', false],
    ['I get home around five', false],
  ])('compares "%s" with the planned window', (text, value) => {
    expect(play([say(text)]).decisions[0]).toMatchObject({ kind: 'presence', value, evidence: text });
  });

  it.each([
    ['llego hasta las cinco', false],
    ['no llego hasta las seis', false],
    ['salgo del trabajo a las seis', false],
    ['regreso a las siete', false],
    ['estoy hasta las cinco', true],
    ['no regreso hasta la noche', false],
    ['llego como a las seis', false],
    ['cómo no', true],
    ['no hay problema', true],
  ])('compares "%s" with the planned window in Spanish', (text, value) => {
    expect(play([say(text)], es).decisions[0]).toMatchObject({ kind: 'presence', value });
  });

  it('asks once more whether a shop that "abre hasta las cuatro y media" is open then: some mean from then on', () => {
    const { steps, decisions } = play([say('abro hasta las cuatro y media'), key('2')], es);
    expect(steps[1]?.state.step).toBe('presence_check');
    expect(steps[1]?.decisions).toEqual([]);
    expect(decisions[0]).toMatchObject({ kind: 'presence', value: false, source: 'keys' });
  });

  it.each([say('yes', 0.5), say("no, I'll be home"), say('yeah no')])(
    'asks once more after the unsure answer %j',
    (input) => {
      const { steps, decisions } = play([input, key('1')]);
      expect(steps[1]?.state.step).toBe('presence_check');
      expect(steps[1]?.decisions).toEqual([]);
      expect(decisions[0]).toMatchObject({ kind: 'presence', value: true, confidence: 1, source: 'keys' });
      expect(play([input, key('2')]).decisions[0]).toMatchObject({ kind: 'presence', value: false });
      expect(play([input, say('no one will be there')]).decisions[0]).toMatchObject({ kind: 'presence', value: false });
    },
  );

  it('understands the answer to the question of an earlier version, which named the value', () => {
    const { state } = play([]).last;
    const asked = {
      ...state,
      step: 'presence_confirm',
      pending: { kind: 'presence', value: false, evidence: 'no' },
    } as const;
    expect(advance(asked, key('1'), context).decisions[0]).toMatchObject({ kind: 'presence', value: false });
    expect(advance(asked, key('2'), context).decisions[0]).toMatchObject({ kind: 'presence', value: true });
  });

  it('keeps a code and asks the question once more when only a code was said', () => {
    const { steps, decisions } = play([say('the gate code is four two seven one'), say('leave it on the porch')]);
    expect(steps[1]?.state.step).toBe('presence');
    expect(getSpokenText(steps[2] ?? { verbs: [] })).toBe(
      'So we leave it on the porch; the code is noted. Is that right?',
    );
    expect(getKinds(decisions)).toEqual(['access_code', 'spoken_instruction', 'safe_place', 'spoken_instruction']);
  });

  it('asks for a person to follow up after too many answers it does not understand', () => {
    const { last, decisions } = play([silence, say('mumble', 0.1), silence]);
    expect(getKinds(decisions)).toEqual(['follow_up', 'completed']);
    expect(getSpokenText(last)).toBe(PROMPTS.en.followUp);
  });

  it.each([
    ['yes, hello?', context],
    ['hello', context],
    ['bueno', es],
    ['sí, diga', es],
    ['aló', es],
  ])('takes "%s", with which a phone is answered, for no answer and no consent', (text, callContext) => {
    expect(play([say(text)], callContext).decisions).toEqual([]);
    const asked = play([say(text)], { ...callContext, recordConsentNeeded: true }).last;
    expect(asked.decisions).toEqual([]);
    expect(asked.verbs).not.toContainEqual({ kind: 'startRecording' });
  });

  it.each(["I don't want it left outside", 'not certain', "don't leave it with the neighbor", 'no, gracias'])(
    'does not take "%s" for a refusal',
    (text) => {
      expect(play([say(text)]).last.state.step).not.toBe('refusal_confirm');
    },
  );

  it('reads back a place for the case that no one is there as such', () => {
    const { last } = play([say("if I'm not home leave it on the porch")]);
    expect(getSpokenText(last)).toContain('So if nobody is there, we leave it on the porch');
  });

  it('leaves the place to the driver when any will do', () => {
    const { last, decisions } = play([say('you can just leave it anywhere')]);
    expect(getSpokenText(last)).toBe('So we pass on your words. Is that right?');
    expect(decisions).toMatchObject([{ kind: 'spoken_instruction', text: 'you can just leave it anywhere' }]);
  });

  it.each([
    'wrong number',
    'there is no Ana here',
    "I don't think you have the right number",
    'you have the wrong number',
    "there's no one by that name here",
    'número equivocado',
  ])('ends the call of a wrong number: "%s"', (text) => {
    const { last, decisions } = play([say(text)]);
    expect(decisions).toEqual([
      { kind: 'opt_out', reason: 'wrong_number', source: 'speech', confidence: 0.95, evidence: text },
      { kind: 'completed' },
    ]);
    expect(getSpokenText(last)).toBe(PROMPTS.en.wrongNumber);
  });

  it('does not take a wrong house number in the read-back for a wrong phone number', () => {
    const { last, decisions } = play([say('leave it with the neighbor'), say('no, wrong number')]);
    expect(last.state.step).not.toBe('ended');
    expect(getKinds(decisions)).not.toContain('opt_out');
  });
});

describe('the read-back', () => {
  it('says what is ruled out as ruled out', () => {
    const { last } = play([say("don't leave it on the porch put it in the shed")], withoutSlots);
    expect(getSpokenText(last)).toBe('So we leave it in the shed, not on the porch. Is that right?');
  });

  it('says that words are passed on, instead of repeating what it did not understand', () => {
    const { last } = play([say('nobody is home'), say('wherever you think is best my friend')], withoutSlots);
    expect(getSpokenText(last)).toBe('So nobody will be there; we pass on your words. Is that right?');
  });

  it('speaks to the customer', () => {
    const { last } = play([say('leave it with my neighbor maria')]);
    expect(getSpokenText(last)).toBe('So we leave it with your neighbor maria. Is that right?');
    const inSpanish = play([say('déjelo con mi vecina')], es).last;
    expect(getSpokenText(inSpanish)).toBe('Entonces lo dejamos con su vecina. ¿Es correcto?');
  });

  it('can be corrected in one answer, or asked anew', () => {
    const corrected = play([key('2'), key('1'), say('no, put it in the garage')]);
    expect(getSpokenText(corrected.last)).toBe(
      'So nobody will be there, and we leave it in the garage. Is that right?',
    );
    const anew = play([key('2'), key('1'), key('2'), key('2'), key('2'), key('1'), key('1')]);
    const places = anew.decisions.flatMap((decision) => (decision.kind === 'safe_place' ? [decision.value] : []));
    expect(places).toEqual(['front_door', 'neighbour']);
    expect(getKinds(anew.decisions).at(-1)).toBe('completed');
  });

  it('keeps what is added to the yes', () => {
    const words = 'yes and beware of the dog please';
    const { decisions, last } = play([key('1'), say(words)]);
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'spoken_instruction', text: words }));
    expect(last.state.step).toBe('ended');
  });

  it('is confirmed after an answer that only denies it, by asking again', () => {
    const { last, decisions } = play([say('yes I will be home'), say('No, that is wrong.')]);
    expect(last.state.step).toBe('presence');
    expect(getSpokenText(last)).toContain(PROMPTS.en.correcting);
    expect(getKinds(decisions)).toEqual(['presence']);
  });
});
