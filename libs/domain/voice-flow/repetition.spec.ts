import { advance, PROMPTS, type VoiceFlowContext, type VoiceFlowState, type VoiceInput } from './index.js';
import { context, getSpokenText, key, play, say, silence } from '#libs/testing/voice-flow/play.js';

const KEYS = { en: /\b[Pp]ress \d/, es: /\b[Oo]prima \d/ } as const;
const withConsent: VoiceFlowContext = { ...context, recordConsentNeeded: true };

/** The inputs that lead to each question. */
const QUESTIONS: readonly (readonly [string, readonly VoiceInput[], VoiceFlowContext])[] = [
  ['consent', [], withConsent],
  ['presence', [key('2')], withConsent],
  ['presence_check', [say('yes', 0.5)], context],
  ['refusal_confirm', [say("I don't want it anymore send it back")], context],
  ['slots', [key('5')], context],
  ['slot_confirm', [key('5'), say('the first one')], context],
  ['placement', [key('2')], context],
  ['instructions', [key('2'), key('3')], context],
  ['code', [key('1')], { ...context, pauseForCodes: true, isRecorded: true }],
  ['confirm', [key('1')], context],
];

describe('a question that is asked again', () => {
  it.each(QUESTIONS)('uses other words and names the keys: %s', (step, path, callContext) => {
    for (const language of ['en', 'es'] as const) {
      const { state } = play(path, callContext).last;
      expect(state.step).toBe(step);
      const inLanguage: VoiceFlowState = { ...state, language };
      const first = getSpokenText(play(path, callContext).last);
      for (const input of [say(language === 'en' ? 'what?' : '¿cómo?'), silence]) {
        const again = getSpokenText(advance(inLanguage, input, callContext));
        expect(again).toMatch(KEYS[language]);
        if (language === 'en') expect(again).not.toContain(first);
      }
    }
  });

  it.each(QUESTIONS.filter(([step]) => step !== 'code'))(
    'named no key the first time: %s',
    (step, path, callContext) => {
      const spoken = getSpokenText(play(path, callContext).last).replace(PROMPTS.en.optOutHint, '');
      expect(spoken).not.toMatch(KEYS.en);
    },
  );

  it('does not count a request to repeat as a miss', () => {
    const { last } = play([say('what?'), say('say that again'), say('huh')]);
    expect(last.state).toMatchObject({ step: 'presence', misses: 0 });
  });

  it('accepts the keys although they were not named', () => {
    expect(play([key('2')]).decisions[0]).toMatchObject({ kind: 'presence', value: false, source: 'keys' });
    expect(play([key('2'), key('2')]).decisions[1]).toMatchObject({ kind: 'safe_place', value: 'neighbour' });
    expect(play([key('1'), key('4')]).last.state.step).toBe('message');
    expect(play([key('4')]).last.state.step).toBe('message');
    expect(play([key('*')]).last.state.step).toBe('presence');
  });
});
