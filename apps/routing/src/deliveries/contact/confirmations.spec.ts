import fc from 'fast-check';
import type { Instructions } from '#libs/contracts/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { addFact, NO_FACTS, type ContactFact } from './contact-facts.js';
import { toCustomerDecisions } from './customer-decisions.js';
import { foldContactFacts, type ContactSummary } from './fold-contact-facts.js';
import { toAskBackId, type Wish } from './ask-back.js';

const analyzed = <V>(value: V) => ({ value, confidence: 0.9, source: 'analysis' as const });
const keyed = <V>(value: V) => ({ value, confidence: 1, source: 'keys' as const });

const DELIVERY = 'dlv_1';
const FRIDAY = { start: '2026-03-06T15:00:00.000Z', end: '2026-03-06T18:00:00.000Z' };
const SATURDAY = { start: '2026-03-07T15:00:00.000Z', end: '2026-03-07T18:00:00.000Z' };
const YESTERDAY = { start: '2026-03-02T15:00:00.000Z', end: '2026-03-02T18:00:00.000Z' };
const REFUSAL: Wish = { decision: 'refused' };
const ANOTHER_DAY: Wish = { decision: 'reschedule' };

const refused: Instructions = { refused: analyzed(true), complexity: 1 };
const moveTo = (to: typeof FRIDAY | null): Instructions => ({ reschedule: analyzed({ to }), complexity: 1 });

/** Returns the instant of the n-th minute of the conversation. */
const minute = (n: number): string => new Date(Date.UTC(2026, 2, 3, 16, n)).toISOString();

interface Text {
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly instructions?: Instructions;
  readonly inReplyTo?: string | undefined;
}

/** Returns the facts that telephony and transcription report about a text. */
const toFacts = ({ id: messageId, at, text, instructions, inReplyTo }: Text): ContactFact[] => [
  { kind: 'message_received', messageId, receivedAt: minute(at), text, inReplyTo },
  {
    kind: 'message_understood',
    messageId,
    text,
    instructions: instructions ?? { complexity: 1 },
    version: 1,
    at: minute(at),
  },
];

const fold = (facts: readonly ContactFact[]): ContactSummary =>
  foldContactFacts(facts.reduce(addFact, NO_FACTS), DELIVERY);
const foldTexts = (...texts: Text[]): ContactSummary => fold(texts.flatMap(toFacts));
const decide = ({ instructions }: ContactSummary) => toCustomerDecisions(instructions ?? { complexity: 1 });

const wish: Text = { id: 'SM1', at: 1, text: 'refuse it', instructions: refused };
const replyTo = (id: string, asked: Wish, text: string, at: number): Text => ({
  id: `SM${at}`,
  at,
  text,
  inReplyTo: toAskBackId(id, asked),
});
const UNDECIDED = { optOut: false, refused: false };

describe('a wish in a text that cannot be undone', () => {
  it('is awaited first, and decided by a yes', () => {
    const asked = foldTexts(wish);
    expect(decide(asked)).toEqual(UNDECIDED);
    expect(asked.confirmation).toMatchObject({ messageId: 'SM1', wish: REFUSAL, state: 'awaited' });
    expect(asked.instructions?.refused).toEqual({ ...analyzed(true), confirmation: 'awaited' });
    const confirmed = foldTexts(wish, replyTo('SM1', REFUSAL, 'YES', 3));
    expect(decide(confirmed)).toEqual({ ...UNDECIDED, refused: true });
    expect(confirmed.confirmation).toMatchObject({ state: 'confirmed' });
    expect(confirmed.transcript).toBe('refuse it');
  });

  it('is dropped by a no, and the other instructions stay', () => {
    const withCode = { ...wish, instructions: { ...refused, accessCode: analyzed('4512') } };
    const declined = foldTexts(withCode, replyTo('SM1', REFUSAL, 'No, thank you', 3));
    expect(declined.instructions).toEqual({ accessCode: analyzed('4512'), complexity: 1 });
    expect(declined.confirmation).toMatchObject({ state: 'declined' });
    // The customer was reached, as before the no: otherwise they would be called after all.
    expect(declined.customerReached).toBe(true);
  });

  it('stays open after other words, which count as usual', () => {
    const porch = { safePlace: analyzed('porch' as const), complexity: 1 };
    const other = { ...replyTo('SM1', REFUSAL, 'yes on the porch', 3), instructions: porch };
    const summary = foldTexts(wish, other);
    expect(summary.confirmation).toMatchObject({ messageId: 'SM1', state: 'awaited' });
    expect(summary.instructions).toMatchObject({ safePlace: { value: 'porch' }, refused: { confirmation: 'awaited' } });
    expect(decide(foldTexts(wish, other, replyTo('SM1', REFUSAL, 'yes', 4)))).toMatchObject({ refused: true });
  });

  it('is replaced by another wish, and a late yes to the older question does not confirm the newer one', () => {
    const friday = { id: 'SM2', at: 4, text: 'no, on Friday', instructions: moveTo(FRIDAY) };
    const late = foldTexts(wish, friday, replyTo('SM1', REFUSAL, 'YES', 5));
    expect(decide(late)).toEqual(UNDECIDED);
    expect(late.confirmation).toMatchObject({ messageId: 'SM2', state: 'awaited' });
    expect(late.instructions?.refused).toBeUndefined();
    const toFriday = replyTo('SM2', { decision: 'reschedule', window: FRIDAY }, 'YES', 6);
    expect(decide(foldTexts(wish, friday, toFriday))).toEqual({ ...UNDECIDED, reschedule: { window: FRIDAY } });
  });

  it('is not asked again if the customer repeats it', () => {
    const again = { id: 'SM2', at: 2, text: 'I said refuse it', instructions: refused };
    const summary = foldTexts(wish, again);
    expect(summary.confirmation).toMatchObject({ messageId: 'SM1' });
    expect(foldTexts(wish, again, replyTo('SM1', REFUSAL, 'NO', 3)).instructions?.refused).toBeUndefined();
    // The repetition was asked back, because it was analyzed before the first message.
    const askBack: ContactFact = {
      kind: 'ask_back_requested',
      messageId: 'SM2',
      textId: toAskBackId('SM2', REFUSAL),
      at: minute(2),
      until: minute(122),
    };
    const overtaken = fold([...toFacts(again), askBack, ...toFacts(wish)]);
    expect(overtaken.confirmation).toMatchObject({ messageId: 'SM1', askBack: { textId: askBack.textId } });
    const answered = fold([
      ...toFacts(again),
      askBack,
      ...toFacts(wish),
      ...toFacts(replyTo('SM2', REFUSAL, 'YES', 3)),
    ]);
    expect(decide(answered)).toMatchObject({ refused: true });
  });

  it('can be revised by a later answer to the same question', () => {
    const yes = replyTo('SM1', REFUSAL, 'YES', 3);
    const no = replyTo('SM1', REFUSAL, 'NO', 5);
    expect(decide(foldTexts(wish, yes, no))).toEqual(UNDECIDED);
    expect(foldTexts(wish, yes, no).confirmation).toMatchObject({ state: 'declined' });
  });

  it('replaces an earlier confirmed one when it is confirmed; declined, the delivery is made as planned', () => {
    const yes = replyTo('SM1', REFUSAL, 'YES', 3);
    const friday = { id: 'SM4', at: 4, text: 'bring it on Friday after all', instructions: moveTo(FRIDAY) };
    expect(decide(foldTexts(wish, yes, friday))).toMatchObject({ refused: true });
    const answerFriday = (text: string) => replyTo('SM4', { decision: 'reschedule', window: FRIDAY }, text, 6);
    expect(decide(foldTexts(wish, yes, friday, answerFriday('YES')))).toEqual({
      ...UNDECIDED,
      reschedule: { window: FRIDAY },
    });
    expect(decide(foldTexts(wish, yes, friday, answerFriday('NO')))).toEqual(UNDECIDED);
  });

  it('never names a window that is over, neither when it is asked back nor when it is confirmed', () => {
    const past = { ...wish, instructions: moveTo(YESTERDAY) };
    expect(foldTexts(past).confirmation?.wish).toEqual(ANOTHER_DAY);
    expect(decide(foldTexts(past, replyTo('SM1', ANOTHER_DAY, 'YES', 3)))).toEqual({ ...UNDECIDED, reschedule: {} });
    const friday = { ...wish, instructions: moveTo(FRIDAY) };
    const tooLate = replyTo('SM1', { decision: 'reschedule', window: FRIDAY }, 'YES', 7 * 24 * 60);
    expect(decide(foldTexts(friday, tooLate))).toEqual({ ...UNDECIDED, reschedule: {} });
  });

  it('is settled by what the customer keys in a later call', () => {
    const call: ContactFact = {
      kind: 'call_ended',
      attemptId: `${DELIVERY}.1`,
      sequence: 4,
      outcome: 'answered',
      recordingExpected: false,
      at: minute(4),
      instructions: { reschedule: keyed({ to: FRIDAY }), complexity: 1 },
    };
    const later = fold([...toFacts(wish), call, ...toFacts(replyTo('SM1', REFUSAL, 'YES', 5))]);
    expect(later.confirmation).toBeUndefined();
    expect(decide(later)).toEqual({ ...UNDECIDED, reschedule: { window: FRIDAY } });
    // An answer before the call counted until then, and the call replaces nothing that it does not mention.
    const earlier = fold([...toFacts(wish), ...toFacts(replyTo('SM1', REFUSAL, 'YES', 3)), call]);
    expect(decide(earlier)).toMatchObject({ refused: true });
  });

  it('is left to a dispatcher after too many wishes, or without an answer; a late answer still counts', () => {
    const changes = [FRIDAY, SATURDAY, FRIDAY, SATURDAY].map((to, index) => ({
      id: `SM${index}`,
      at: index,
      text: 'another time',
      instructions: moveTo(to),
    }));
    expect(foldTexts(...changes).confirmation).toMatchObject({ messageId: 'SM3', state: 'unanswered' });
    const overdue: ContactFact = { kind: 'ask_back_unanswered', messageId: 'SM1' };
    expect(fold([overdue, ...toFacts(wish)]).confirmation).toMatchObject({ state: 'unanswered' });
    const late = fold([overdue, ...toFacts(wish), ...toFacts(replyTo('SM1', REFUSAL, 'YES', 300))]);
    expect(decide(late)).toMatchObject({ refused: true });
  });

  it('is about the plan in which it was written', () => {
    const known = [...toFacts(wish), ...toFacts(replyTo('SM1', REFUSAL, 'YES', 5))].reduce(addFact, NO_FACTS);
    const replanned = { ...known, planStart: { afterAttempt: 0, since: minute(4) } };
    expect(foldContactFacts(replanned, DELIVERY).confirmation).toBeUndefined();
    expect(decide(foldContactFacts(replanned, DELIVERY))).toEqual(UNDECIDED);
  });
});

const IDS = ['SM1', 'SM2', 'SM3', 'SM4', 'SM5'];
const WISHES: readonly Wish[] = [REFUSAL, ANOTHER_DAY, { decision: 'reschedule', window: FRIDAY }];
const toInstructions = ({ decision, window }: Wish): Instructions =>
  decision === 'refused' ? refused : moveTo(window ?? null);

/** A conversation: wishes, answers to any ask-back or to none, and other words, each at another minute. */
const conversation: fc.Arbitrary<Text[]> = fc
  .array(
    fc.record({
      text: fc.constantFrom('words', 'YES', 'no', 'yes on the porch', '1'),
      wish: fc.option(fc.constantFrom(...WISHES), { nil: undefined }),
      repliesTo: fc.option(fc.tuple(fc.nat({ max: IDS.length - 1 }), fc.constantFrom(...WISHES)), { nil: undefined }),
    }),
    { maxLength: IDS.length },
  )
  .map((drafts) =>
    drafts.map(({ text, wish: stated, repliesTo }, index): Text => {
      const [asked, about] = repliesTo ?? [];
      const askBack = asked !== undefined && about && asked < index ? toAskBackId(IDS[asked] ?? '', about) : undefined;
      const instructions = stated && { instructions: toInstructions(stated) };
      return { id: IDS[index] ?? '', at: index, text, inReplyTo: askBack, ...instructions };
    }),
  );

const reported = conversation.map((texts) => [
  ...texts.flatMap(toFacts),
  ...texts.flatMap(({ id: messageId }, index): ContactFact[] =>
    index % 2 === 0 ? [{ kind: 'ask_back_unanswered', messageId }] : [],
  ),
]);

describe('confirmations', () => {
  it('are the same in any order of the reports, and if reports are repeated', () => {
    const shuffled = reported.chain((facts) =>
      fc.record({
        facts: fc.constant(facts),
        other: fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ facts, other }) => {
        expect(fold(other)).toEqual(fold(facts));
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });

  it('are complete as soon as all reports arrived, whatever was known in between', () => {
    fc.assert(
      fc.property(reported, fc.nat(), (facts, cut) => {
        const partial = facts.filter((_, index) => index % 3 !== cut % 3);
        expect(fold([...partial, ...facts])).toEqual(fold(facts));
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  it('never follow from a text alone, nor from a yes to what was not asked', () => {
    fc.assert(
      fc.property(conversation, (texts) => {
        const decided = decide(foldTexts(...texts));
        const isDecided = decided.refused || decided.reschedule !== undefined;
        const confirming = texts.filter(
          ({ text, inReplyTo }) =>
            text === 'YES' &&
            texts.some(
              ({ id, instructions }) =>
                (instructions?.refused !== undefined && inReplyTo === toAskBackId(id, REFUSAL)) ||
                (instructions?.reschedule !== undefined && inReplyTo?.endsWith(`.${id}`) === true),
            ),
        );
        if (isDecided) expect(confirming).not.toEqual([]);
        expect(decide(foldTexts(...texts.filter(({ text }) => text !== 'YES')))).toEqual(UNDECIDED);
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });
});
