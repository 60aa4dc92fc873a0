import type { VoiceInput } from './index.js';
import { context, getKinds, getSpokenText, key, play, say, silence } from '#libs/testing/voice-flow/play.js';

describe('a spoken message for the agent', () => {
  const atPlacement = [say('no i will not be home'), say('what?')];
  const recorded = (durationSeconds: number, digits?: string): VoiceInput => ({
    kind: 'recording_done',
    durationSeconds,
    digits,
  });

  it.each([
    ['by key', key('4')],
    ['by voice', say('can I leave him a message please')],
  ])('is offered, requested %s, recorded and reported', (_, ask) => {
    const { steps, last, decisions } = play([...atPlacement, ask, recorded(7, '#'), say('yes')]);
    expect(getSpokenText(steps[2] ?? { verbs: [] })).toContain('Press 4');
    const record = steps[3]?.verbs.find(({ kind }) => kind === 'record');
    expect(record).toMatchObject({ playBeep: true, finishOnKey: '#9' });
    expect(getSpokenText(steps[4] ?? { verbs: [] })).toContain('we pass on your message');
    expect(decisions).toContainEqual({ kind: 'message_left', durationSeconds: 7 });
    expect(last.state).toMatchObject({ step: 'ended', ending: 'finished', messageLeft: true });
  });

  it('is requested again when the recording is empty, then skipped', () => {
    const { steps, decisions } = play([...atPlacement, key('4'), silence, recorded(0), silence, silence]);
    expect(steps.map(({ state }) => state.step).slice(3)).toEqual([
      'message',
      'message',
      'message',
      'confirm',
      'confirm',
    ]);
    expect(getKinds(decisions)).not.toContain('message_left');
  });

  it('opts out with key 9', () => {
    expect(getKinds(play([...atPlacement, key('4'), recorded(2, '9')]).decisions)).toContain('opt_out');
  });

  it('is not offered when the call has no time for it or may not be recorded', () => {
    for (const changes of [{ maxCallSeconds: 60 }, { mayRecord: false }]) {
      const { steps, last } = play([...atPlacement, key('4')], { ...context, ...changes });
      expect(steps.map((step) => getSpokenText(step)).join(' ')).not.toContain('Press 4');
      expect(last.state.step).not.toBe('message');
    }
  });
});
