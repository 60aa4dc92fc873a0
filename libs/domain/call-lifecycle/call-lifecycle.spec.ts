import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  applyCallEvent,
  applyCarrierStatus,
  resolveUnknownAttempt,
  MAX_EARLY_HANG_UP_SECONDS,
  createCall,
  type AnsweredBy,
  type Call,
  type CallEvent,
  type CarrierStatus,
  type UnknownAttempt,
} from './index.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 2, 15, 0, second));
const toStatusEvent = (name: CarrierStatus, second: number, fields: object = {}): CallEvent => ({
  kind: 'carrier_status',
  carrierCallId: 'CA1',
  status: name,
  occurredAt: at(second),
  ...fields,
});
const applyAll = (events: readonly CallEvent[], from = createCall()): Call =>
  events.reduce((call, event) => applyCallEvent(call, event).call, from);

const answered: CallEvent[] = [
  { kind: 'dialing' },
  { kind: 'create_accepted', carrierCallId: 'CA1' },
  toStatusEvent('queued', 0, { sequence: 0 }),
  toStatusEvent('initiated', 1, { sequence: 1 }),
  toStatusEvent('ringing', 3, { sequence: 2 }),
  toStatusEvent('in_progress', 9, { sequence: 3, answeredBy: 'human' }),
  { kind: 'conversation_ended', ending: 'finished' },
  toStatusEvent('completed', 60, { sequence: 4, durationSeconds: 51, sipResponseCode: 200 }),
];
const sequencesByOutcome: Record<string, CallEvent[]> = {
  answered,
  busy: [{ kind: 'dialing' }, toStatusEvent('initiated', 1), toStatusEvent('busy', 4, { sipResponseCode: 486 })],
  no_answer: [
    { kind: 'dialing' },
    toStatusEvent('ringing', 2),
    toStatusEvent('no_answer', 32, { sipResponseCode: 487 }),
  ],
  failed: [{ kind: 'dialing' }, toStatusEvent('initiated', 1), toStatusEvent('failed', 2, { sipResponseCode: 404 })],
  canceled: [{ kind: 'dialing' }, toStatusEvent('ringing', 2), toStatusEvent('canceled', 5)],
  voicemail: [
    toStatusEvent('in_progress', 9),
    { kind: 'answered_by', answeredBy: 'machine' },
    { kind: 'conversation_ended', ending: 'message_left' },
    toStatusEvent('completed', 40),
  ],
  dropped: [
    toStatusEvent('in_progress', 9),
    { kind: 'conversation_ended', ending: 'cut_short', firstQuestion: 'answered' },
    toStatusEvent('completed', 12),
  ],
  hung_up_early: [
    toStatusEvent('in_progress', 9),
    { kind: 'conversation_ended', ending: 'cut_short', firstQuestion: 'open' },
    toStatusEvent('completed', 12, { durationSeconds: 3, sipResponseCode: 200 }),
  ],
  not_placed: [{ kind: 'dialing' }, { kind: 'create_timed_out' }, { kind: 'judged_not_placed' }],
};

const reportsAnsweredBy = (event: CallEvent, answeredBy: AnsweredBy): boolean =>
  (event.kind === 'carrier_status' || event.kind === 'answered_by') && event.answeredBy === answeredBy;

const shuffledWithDuplicates = (events: readonly CallEvent[]): fc.Arbitrary<CallEvent[]> =>
  fc
    .tuple(fc.array(fc.constantFrom(...events), { maxLength: 12 }), fc.infiniteStream(fc.nat()))
    .map(([duplicates, keys]) =>
      [...events, ...duplicates]
        .map((event) => ({ event, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ event }) => event),
    );

describe('applyCallEvent', () => {
  it.each(Object.entries(sequencesByOutcome))('ends a sequence of events as %s', (outcome, events) => {
    expect(applyAll(events)).toMatchObject({ state: 'completed', outcome });
  });

  it('gives the same call for any order of the events, with duplicates', () => {
    const sequences = fc.constantFrom(...Object.values(sequencesByOutcome));
    fc.assert(
      fc.property(
        sequences.chain((events) => shuffledWithDuplicates(events).map((shuffled) => ({ events, shuffled }))),
        ({ events, shuffled }) => {
          expect(applyAll(shuffled)).toEqual(applyAll(events));
        },
      ),
      { numRuns: propertyRuns(10_000) },
    );
  });

  const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
    fc.constantFrom(...Object.values(sequencesByOutcome).flat()),
    fc.constant({ kind: 'interrupted' as const }),
    fc.record({
      kind: fc.constant('conversation_ended' as const),
      ending: fc.constantFrom('finished', 'message_left', 'cut_short'),
      firstQuestion: fc.constantFrom('open', 'answered', undefined),
    }),
    fc.record({
      kind: fc.constant('carrier_status' as const),
      carrierCallId: fc.constantFrom('CA1', 'CA2'),
      status: fc.constantFrom<CarrierStatus>(
        'queued',
        'ringing',
        'in_progress',
        'completed',
        'busy',
        'failed',
        'canceled',
      ),
      occurredAt: fc.integer({ min: 0, max: 59 }).map(at),
      durationSeconds: fc.option(fc.nat(100), { nil: undefined }),
      answeredBy: fc.option(fc.constantFrom('human', 'machine', 'fax', 'unknown'), { nil: undefined }),
      isAsked: fc.boolean(),
      isFaulty: fc.boolean(),
    }),
  );

  it('gives the same call for any order of contradicting reports', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyEvent, { minLength: 1, maxLength: 8 })
          .chain((events) => shuffledWithDuplicates(events).map((shuffled) => ({ events, shuffled }))),
        ({ events, shuffled }) => {
          expect(applyAll(shuffled)).toEqual(applyAll(events));
        },
      ),
      { numRuns: propertyRuns(3000) },
    );
  });

  it('never reopens a call or returns to an earlier state, and reports its end once', () => {
    const order = ['intended', 'dialing', 'unknown', 'placed', 'ringing', 'in_progress', 'completed'];
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 15 }), (events) => {
        let call = createCall();
        let ends = 0;
        for (const event of events) {
          const { call: next, effects, changed } = applyCallEvent(call, event);
          expect(order.indexOf(next.state)).toBeGreaterThanOrEqual(order.indexOf(call.state));
          expect(next.outcome !== null).toBe(next.state === 'completed');
          expect(applyCallEvent(next, event).changed).toBe(false);
          if (!changed) expect(next).toBe(call);
          ends += effects.filter(({ kind }) => kind === 'ended').length;
          call = next;
        }
        expect(ends).toBe(call.state === 'completed' ? 1 : 0);
      }),
      { numRuns: propertyRuns(3000) },
    );
  });

  describe('a hang-up during the first words', () => {
    const cutShort: CallEvent = { kind: 'conversation_ended', ending: 'cut_short', firstQuestion: 'open' };
    const ended = (fields: object = {}): CallEvent => toStatusEvent('completed', 12, { durationSeconds: 3, ...fields });
    const getOutcome = (...events: CallEvent[]): unknown =>
      applyAll([toStatusEvent('in_progress', 9), ...events]).outcome;

    it.each<[string, CallEvent[]]>([
      ['the shortest call', [cutShort, ended({ durationSeconds: 0 })]],
      ['the longest first words', [cutShort, ended({ durationSeconds: MAX_EARLY_HANG_UP_SECONDS })]],
      ['a duration derived from the times of the reports', [cutShort, toStatusEvent('completed', 12)]],
      ['a person detected by the carrier', [cutShort, ended({ answeredBy: 'human' })]],
      ['an end that was polled and also reported', [cutShort, ended({ isAsked: true }), ended()]],
    ])('gives the outcome `hung_up_early` for %s', (_, events) => {
      expect(getOutcome(...events)).toBe('hung_up_early');
    });

    it.each<[string, CallEvent[]]>([
      ['the customer had answered the first question', [{ ...cutShort, firstQuestion: 'answered' }, ended()]],
      ['no question was asked', [{ kind: 'conversation_ended', ending: 'cut_short' }, ended()]],
      ['a webhook of DelAuto failed', [cutShort, ended(), { kind: 'interrupted' }]],
      ['the carrier reports an error', [cutShort, ended({ isFaulty: true })]],
      ['the network’s last response is a failure', [cutShort, ended({ sipResponseCode: 503 })]],
      ['the end had to be polled', [cutShort, ended({ isAsked: true })]],
      ['it lasted longer', [cutShort, ended({ durationSeconds: MAX_EARLY_HANG_UP_SECONDS + 1 })]],
      ['a fax picked up', [cutShort, ended({ answeredBy: 'fax' })]],
    ])('gives the outcome `dropped` when %s', (_, events) => {
      expect(getOutcome(...events)).toBe('dropped');
    });

    it('gives the outcome `dropped` when the duration is unknown', () => {
      expect(applyAll([cutShort, toStatusEvent('completed', 12)]).outcome).toBe('dropped');
    });

    it('is never reported for an answering machine or a finished conversation', () => {
      expect(getOutcome(cutShort, ended({ answeredBy: 'machine' }))).toBe('voicemail');
      expect(getOutcome(cutShort, ended(), { kind: 'conversation_ended', ending: 'finished' })).toBe('answered');
    });

    it('is never reported against contrary evidence, for any order and number of reports', () => {
      fc.assert(
        fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 12 }), (events) => {
          const { outcome } = applyAll(events);
          if (outcome !== 'hung_up_early') return;
          const ends = events.filter((event) => event.kind === 'conversation_ended');
          expect(ends.every(({ ending }) => ending === 'cut_short')).toBe(true);
          expect(ends.some(({ firstQuestion }) => firstQuestion === 'open')).toBe(true);
          expect(ends.some(({ firstQuestion }) => firstQuestion === 'answered')).toBe(false);
          expect(events.some((event) => event.kind === 'interrupted')).toBe(false);
          expect(events.some((event) => event.kind === 'carrier_status' && event.isFaulty === true)).toBe(false);
          // Where reports contradict each other, a person outranks a machine.
          expect(
            events.some((event) => reportsAnsweredBy(event, 'machine')) &&
              !events.some((event) => reportsAnsweredBy(event, 'human')),
          ).toBe(false);
        }),
        { numRuns: propertyRuns(20_000) },
      );
    });

    it('supports a call stored by an earlier version', () => {
      const {
        firstQuestion: _firstQuestion,
        interrupted: _interrupted,
        endReported: _endReported,
        ...facts
      } = applyAll([toStatusEvent('in_progress', 9)]).facts;
      const stored = { facts, state: 'in_progress', outcome: null } as unknown as Call;
      expect(applyCallEvent(stored, toStatusEvent('in_progress', 9)).changed).toBe(false);
      expect(applyAll([cutShort, ended()], stored).outcome).toBe('hung_up_early');
    });
  });

  it('accepts callbacks that arrive before the create request returns', () => {
    const ringing = applyCarrierStatus(applyAll([{ kind: 'dialing' }]), {
      carrierCallId: 'CA1',
      status: 'ringing',
      occurredAt: at(3),
    });
    expect(ringing.call.state).toBe('ringing');
    expect(ringing.effects).toEqual([{ kind: 'placed', carrierCallId: 'CA1' }]);
    const accepted = applyCallEvent(ringing.call, { kind: 'create_accepted', carrierCallId: 'CA1' });
    expect(accepted).toMatchObject({ changed: false, effects: [], call: { state: 'ringing' } });
  });

  it('trusts the carrier over DelAuto’s conclusion that nothing was placed', () => {
    const before = applyAll(sequencesByOutcome['not_placed'] ?? []);
    const { call, effects } = applyCallEvent(before, toStatusEvent('completed', 60, { answeredBy: 'human' }));
    expect(call.outcome).toBe('answered');
    expect(effects).toContainEqual({ kind: 'outcome_revised', from: 'not_placed', to: 'answered' });
  });

  it('reports a second call of the carrier for the same attempt', () => {
    const { effects } = applyCallEvent(applyAll(answered), { kind: 'create_accepted', carrierCallId: 'CA2' });
    expect(effects).toContainEqual({ kind: 'second_carrier_call', carrierCallId: 'CA2' });
  });
});

describe('resolveUnknownAttempt', () => {
  const attempt: UnknownAttempt = { dialedAt: at(0), now: at(30), settleMs: 90_000, listing: [], to: '+13125550142' };
  const listed = { sid: 'CA1', createdAt: at(1), to: '+13125550142', status: 'ringing' as const };
  const settled = new Date(at(0).getTime() + 90_000);

  it('adopts the only call to the number at once', () => {
    expect(resolveUnknownAttempt({ ...attempt, listing: [listed] })).toEqual({ kind: 'adopt', sid: 'CA1' });
    expect(
      resolveUnknownAttempt({ ...attempt, listing: [{ ...listed, createdAt: new Date(at(0).getTime() - 900) }] }),
    ).toEqual({
      kind: 'adopt',
      sid: 'CA1',
    });
  });

  it('waits for the settle time before it concludes that nothing was placed', () => {
    expect(resolveUnknownAttempt(attempt)).toEqual({ kind: 'wait', until: settled });
    expect(resolveUnknownAttempt({ ...attempt, now: settled })).toEqual({ kind: 'not_placed' });
  });

  it('ignores earlier calls, other numbers and calls of other attempts', () => {
    const others = [
      { ...listed, sid: 'CA0', createdAt: new Date(at(0).getTime() - 60_000) },
      { ...listed, sid: 'CA2', to: '+13125550199' },
      { ...listed, sid: 'CA3' },
    ];
    expect(resolveUnknownAttempt({ ...attempt, now: settled, listing: others, knownSids: ['CA3'] })).toEqual({
      kind: 'not_placed',
    });
  });

  it('treats an attempt as placed when its result stays unknown', () => {
    const twoCandidates = [listed, { ...listed, sid: 'CA2' }];
    expect(resolveUnknownAttempt({ ...attempt, listing: twoCandidates })).toEqual({ kind: 'counts_as_placed' });
    const giveUpAt = new Date(at(0).getTime() + 10 * 90_000);
    expect(resolveUnknownAttempt({ ...attempt, listing: null })).toEqual({ kind: 'wait', until: settled });
    expect(resolveUnknownAttempt({ ...attempt, listing: null, now: settled }).kind).toBe('wait');
    expect(resolveUnknownAttempt({ ...attempt, listing: null, now: giveUpAt })).toEqual({ kind: 'counts_as_placed' });
  });
});
