import { context, getKinds, getSpokenText, key, play, say } from '#libs/testing/voice-flow/play.js';

describe('an access code that is asked in a separate turn', () => {
  const recorded = { ...context, pauseForCodes: true, isRecorded: true };
  // Not at home; 1: at the front door.
  const inputsUntilCode = [say('no i will not be home'), key('1')];

  it.each([
    ['keyed in', key('4271'), { value: '4271', source: 'keys', confidence: 1 }],
    ['keyed in with the digit 9, although key 9 alone opts out', key('9911'), { value: '9911', source: 'keys' }],
    ['said in words', say('the gate code is four two seven one'), { value: '4271', source: 'speech' }],
    ['said without an introduction', say('four two seven one'), { value: '4271', source: 'speech' }],
  ])('is taken when %s, and not read back', (_, input, code) => {
    const { steps, last, decisions } = play([...inputsUntilCode, input], recorded);
    expect(steps[2]?.state.step).toBe('code');
    // The questions before it do not invite the customer to say a code.
    expect(
      steps
        .slice(0, 2)
        .map((step) => getSpokenText(step))
        .join(' '),
    ).not.toMatch(/code/);
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'access_code', ...code }));
    expect(last.state.step).toBe('confirm');
    expect(getSpokenText(last)).not.toMatch(/4271|9911|four two/);
  });

  it.each([key('1'), say('no there is none'), say('nothing else')])(
    'is skipped when the customer answers %j',
    (input) => {
      const { last, decisions } = play([...inputsUntilCode, input], recorded);
      expect(last.state.step).toBe('confirm');
      expect(getKinds(decisions)).not.toContain('access_code');
    },
  );

  it('is not asked in a separate turn when the call is not recorded or the organization does not want it', () => {
    for (const changes of [{ isRecorded: false }, { pauseForCodes: false }])
      expect(play(inputsUntilCode, { ...recorded, ...changes }).last.state.step).toBe('confirm');
  });

  it('is not asked once it was said, and never spoken back', () => {
    const { last, decisions } = play([say('leave it on the porch the gate code is four two seven one')], recorded);
    expect(last.state.step).toBe('confirm');
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'access_code', value: '4271' }));
    expect(getSpokenText(last)).toBe('So we leave it on the porch; the code is noted. Is that right?');
  });

  it('does not prevent an opt-out with key 9', () => {
    expect(getKinds(play([...inputsUntilCode, key('9')], recorded).decisions)).toContain('opt_out');
  });

  it('is passed to the agent as spoken if it is not recognized', () => {
    const words = say('the thing under the blue stone');
    const { last, decisions } = play([...inputsUntilCode, words, words, words], recorded);
    expect(last.state.step).toBe('confirm');
    const accessCodes = decisions.filter(({ kind }) => kind === 'access_code');
    expect(accessCodes).toEqual([
      expect.objectContaining({ value: 'the thing under the blue stone', source: 'speech' }),
    ]);
    const spokenInstructions = decisions.filter(({ kind }) => kind === 'spoken_instruction');
    expect(JSON.stringify(spokenInstructions)).not.toContain('blue stone');
  });
});
