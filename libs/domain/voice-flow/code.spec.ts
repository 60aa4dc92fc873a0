import { context, key, kinds, play, say, spoken } from './testing/play.js';

describe('a code, asked for by itself while the recording pauses', () => {
  const recorded = { ...context, pauseForCodes: true, isRecorded: true };
  const toCode = [say('no i will not be home'), say('leave it as planned'), key('1'), key('1')];

  it.each([
    ['keyed in', key('4271'), { value: '4271', source: 'keys', confidence: 1 }],
    ['with a nine in it', key('9911'), { value: '9911', source: 'keys' }],
    ['said in words', say('the gate code is four two seven one'), { value: '4271', source: 'speech' }],
    ['said alone', say('four two seven one'), { value: '4271', source: 'speech' }],
  ])('is noted when %s, and not read back', (_, input, code) => {
    const { steps, last, decisions } = play([...toCode, input], recorded);
    expect(steps[4]?.state.step).toBe('code');
    expect(spoken(steps[3] ?? { verbs: [] })).not.toMatch(/such as a code/);
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'access_code', ...code }));
    expect(last.state.step).toBe('confirm');
    expect(spoken(last)).not.toMatch(/4271|9911|four two/);
  });

  it.each([key('1'), say('no there is none'), say('nothing else')])('is not needed: %j', (input) => {
    const { last, decisions } = play([...toCode, input], recorded);
    expect(last.state.step).toBe('confirm');
    expect(kinds(decisions)).not.toContain('access_code');
  });

  it('is not asked for by itself where nothing is recorded, or the organisation does not want it', () => {
    for (const about of [{ isRecorded: false }, { pauseForCodes: false }])
      expect(play(toCode, { ...recorded, ...about }).last.state.step).toBe('confirm');
  });

  it('still stops all calls at 9', () => {
    expect(kinds(play([...toCode, key('9')], recorded).decisions)).toContain('opt_out');
  });

  it('that is not understood as one is the agent’s to make sense of', () => {
    const words = say('the thing under the blue stone');
    const { last, decisions } = play([...toCode, words, words, words], recorded);
    expect(last.state.step).toBe('confirm');
    const said = decisions.filter(({ kind }) => kind === 'access_code');
    expect(said).toEqual([expect.objectContaining({ value: 'the thing under the blue stone', source: 'speech' })]);
    const kept = decisions.filter(({ kind }) => kind === 'spoken_instruction');
    expect(JSON.stringify(kept)).not.toContain('blue stone');
  });
});
