import { context, key, kinds, play, say, spoken } from './testing/play.js';

describe('an access code asked in a turn of its own', () => {
  const recorded = { ...context, pauseForCodes: true, isRecorded: true };
  const toCode = [say('no i will not be home'), say('leave it as planned'), key('1'), key('1')];

  it.each([
    ['keyed in', key('4271'), { value: '4271', source: 'keys', confidence: 1 }],
    ['with a nine in it', key('9911'), { value: '9911', source: 'keys' }],
    ['said in words', say('the gate code is four two seven one'), { value: '4271', source: 'speech' }],
    ['said alone', say('four two seven one'), { value: '4271', source: 'speech' }],
  ])('is taken when %s, and not read back', (_, input, code) => {
    const { steps, last, decisions } = play([...toCode, input], recorded);
    expect(steps[4]?.state.step).toBe('code');
    expect(spoken(steps[3] ?? { verbs: [] })).not.toMatch(/such as a code/);
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'access_code', ...code }));
    expect(last.state.step).toBe('confirm');
    expect(spoken(last)).not.toMatch(/4271|9911|four two/);
  });

  it.each([key('1'), say('no there is none'), say('nothing else')])(
    'is skipped when the customer answers %j',
    (input) => {
      const { last, decisions } = play([...toCode, input], recorded);
      expect(last.state.step).toBe('confirm');
      expect(kinds(decisions)).not.toContain('access_code');
    },
  );

  it('is not asked in a turn of its own when the call is not recorded or the organization does not want it', () => {
    for (const about of [{ isRecorded: false }, { pauseForCodes: false }])
      expect(play(toCode, { ...recorded, ...about }).last.state.step).toBe('confirm');
  });

  it('still opts out at key 9', () => {
    expect(kinds(play([...toCode, key('9')], recorded).decisions)).toContain('opt_out');
  });

  it('that is not recognized is passed to the agent as spoken', () => {
    const words = say('the thing under the blue stone');
    const { last, decisions } = play([...toCode, words, words, words], recorded);
    expect(last.state.step).toBe('confirm');
    const said = decisions.filter(({ kind }) => kind === 'access_code');
    expect(said).toEqual([expect.objectContaining({ value: 'the thing under the blue stone', source: 'speech' })]);
    const kept = decisions.filter(({ kind }) => kind === 'spoken_instruction');
    expect(JSON.stringify(kept)).not.toContain('blue stone');
  });
});
