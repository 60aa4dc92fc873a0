import type { VoiceInput } from './index.js';
import { context, getKinds, getSpokenText, key, play, say, silence } from '#libs/testing/voice-flow/play.js';

const now = new Date('2026-03-02T15:00:00Z');

describe('other windows', () => {
  const absentAtSlots = [key('2'), key('5')];

  it('are offered in one sentence, and with their keys after a miss', () => {
    const { steps } = play([say('can we do another day'), silence], { ...context, now });
    expect(getSpokenText(steps[1] ?? { verbs: [] })).toBe(
      'We could come tomorrow, 9 to 11 AM, or Wednesday, 2 to 4 PM. Which one suits you?',
    );
    expect(getSpokenText(steps[2] ?? { verbs: [] })).toContain('For Wednesday, 2 to 4 PM, press 2.');
  });

  it('move the delivery, at once by key and after a confirmation by voice', () => {
    const byKey = play([key('5'), key('2')]);
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

  it.each([
    'can you come on Wednesday instead',
    "I'd rather have it on Wednesday",
    'could you do Wednesday afternoon please',
  ])('are chosen by "%s", which names one, and still confirmed', (text) => {
    const { last, decisions } = play([say(text)], { ...context, now });
    expect(last.state).toMatchObject({ step: 'slot_confirm', pending: { kind: 'slot', slotId: 's2' } });
    expect(getKinds(decisions)).not.toContain('reschedule');
  });

  it('keep the words for a time that suits none of them', () => {
    const { decisions } = play([
      say('I will be away all week can you bring it next Friday instead'),
      say('none of those'),
    ]);
    expect(decisions).toContainEqual({
      kind: 'follow_up',
      reason: 'no_slot_suits',
      evidence: 'I will be away all week can you bring it next Friday instead',
    });
  });

  it('are taken by a yes where there is only one, and confirmed', () => {
    const oneSlot = { ...context, offeredSlots: context.offeredSlots.slice(0, 1) };
    const { last } = play([say('another day please'), say('yes that works')], oneSlot);
    expect(last.state).toMatchObject({ step: 'slot_confirm', pending: { slotId: 's1' } });
  });

  it('do not keep an absent customer from having it delivered as planned', () => {
    const { decisions } = play([...absentAtSlots, key('3'), key('1'), key('1')]);
    expect(getKinds(decisions)).toEqual(['presence', 'safe_place', 'completed']);
    const { steps } = play([key('2')], { ...context, offeredSlots: [] });
    expect(getSpokenText(steps[1] ?? { verbs: [] })).toBe('Where should we leave it?');
  });

  it.each([
    'neither',
    'no',
    'none of those',
    'leave it as planned',
    'just deliver it while i am out',
    'option three',
    'the third one please',
  ])('lead back to the placement when an absent customer answers "%s"', (answer) => {
    expect(play([...absentAtSlots, say(answer)]).last.state.step).toBe('placement');
  });

  it('lead back to the placement when an absent customer does not answer', () => {
    expect(play([...absentAtSlots, silence, silence, silence]).last.state.step).toBe('placement');
  });

  it('lead to a follow-up when the customer wants another day and rejects them', () => {
    const { decisions } = play([say('can we do another day'), say('none of those')]);
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'follow_up', reason: 'no_slot_suits' }));
    // Who will be there is still unknown.
    expect(play([say('can we do another day'), say('leave it as planned')]).last.state.step).toBe('presence');
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
  ])('are recognized in "%s"', (answer, slotId) => {
    const { last } = play([...absentAtSlots, say(answer)], { ...context, now });
    expect(last.state).toMatchObject({ step: 'slot_confirm', pending: { kind: 'slot', slotId } });
  });

  it.each([
    'one moment i have two dogs',
    'no one is there',
    'not tomorrow',
    'we are two people',
    'thursday',
    'not the first one',
    "the second one doesn't work",
  ])('are not chosen by "%s"', (answer) => {
    const { last } = play([...absentAtSlots, say(answer)], { ...context, now });
    expect(last.state.step).not.toBe('slot_confirm');
  });

  it.each<[string, string, VoiceInput]>([
    ['The gate code is four two seven one. Please leave it at the front door.', 'front_door', key('1')],
    ['please give it to my neighbor in number one', 'neighbour', key('1')],
    ['Leave leave it on the back porch behind the flower pot', 'spoken', key('1')],
  ])('do not keep a customer from saying where: "%s"', (words, place, yes) => {
    const { decisions, steps } = play([...absentAtSlots, say(words), yes]);
    expect(steps[3]?.state.step).toBe('confirm');
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'safe_place', value: place }));
    expect(decisions).toContainEqual(expect.objectContaining({ kind: 'spoken_instruction', text: words }));
  });
});
