import { PROMPTS, type VoiceFlowContext } from './index.js';
import { context, getKinds, getSpokenText, key, play, say, silence } from '#libs/testing/voice-flow/play.js';

const es: VoiceFlowContext = { ...context, language: 'es' };
const refusal = say("I don't want it anymore send it back");

describe('a refusal', () => {
  it.each([
    ["I don't want it anymore send it back", context],
    ["I never ordered anything I'm not accepting it", context],
    ['just return it to the sender', context],
    ['I refuse the package', context],
    ['please cancel my order', context],
    ['no lo quiero regréselo', es],
    ['ya no lo quiero', es],
    ['devuélvanlo', es],
    ['no lo voy a recibir', es],
    ['cancelen el pedido por favor', es],
  ])('is never applied on one reading: "%s"', (text, callContext) => {
    const { last, decisions } = play([say(text)], callContext);
    expect(last.state.step).toBe('refusal_confirm');
    expect(getSpokenText(last)).toBe(PROMPTS[callContext.language].refusalConfirm);
    expect(decisions).toEqual([]);
  });

  it.each([key('1'), say('yes'), say("yes that's right"), say("yes, I don't want it")])(
    'is applied once it is confirmed by %j',
    (yes) => {
      const { last, decisions } = play([refusal, yes]);
      expect(decisions).toMatchObject([{ kind: 'refused', value: true }, { kind: 'completed' }]);
      expect(getSpokenText(last)).toBe(PROMPTS.en.refused);
    },
  );

  it.each([key('2'), say('no'), say('no no I want it')])('is dropped after %j', (no) => {
    const { last, decisions } = play([refusal, no]);
    expect(getKinds(decisions)).toEqual([]);
    expect(last.state.step).toBe('presence');
  });

  it.each([say('yes I want it'), say('yes', 0.6), say('what do you mean'), say('yeah no'), silence])(
    'is asked again after %j',
    (unsure) => {
      const { last, decisions } = play([refusal, unsure]);
      expect(getKinds(decisions)).not.toContain('refused');
      expect(last.state.step).toBe('refusal_confirm');
      expect(getSpokenText(last)).toContain(PROMPTS.en.refusalAgain);
    },
  );

  it('leads to a follow-up when it stays open', () => {
    const { decisions } = play([refusal, silence, silence, silence]);
    expect(getKinds(decisions)).toEqual(['follow_up', 'completed']);
  });

  it('leads to a follow-up when there is no time left to confirm it', () => {
    const { decisions } = play([refusal], { ...context, elapsedSeconds: 235 });
    expect(getKinds(decisions)).toEqual(['follow_up', 'completed']);
  });
});
