import { jest } from '@jest/globals';
import fc from 'fast-check';
import {
  applyCallEvent,
  applyCarrierStatus,
  judgeUnknown,
  newCall,
  type Call,
  type CallEvent,
  type CarrierStatus,
  type UnknownAttempt,
} from './index.js';

// Thousands of runs, on machines that may be busy with other suites.
jest.setTimeout(120_000);

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 2, 15, 0, second));
const status = (name: CarrierStatus, second: number, more: object = {}): CallEvent => ({
  kind: 'carrier_status',
  carrierCallId: 'CA1',
  status: name,
  occurredAt: at(second),
  ...more,
});
const play = (events: readonly CallEvent[], from = newCall()): Call =>
  events.reduce((call, event) => applyCallEvent(call, event).call, from);

const answered: CallEvent[] = [
  { kind: 'dialing' },
  { kind: 'create_accepted', carrierCallId: 'CA1' },
  status('queued', 0, { sequence: 0 }),
  status('initiated', 1, { sequence: 1 }),
  status('ringing', 3, { sequence: 2 }),
  status('in_progress', 9, { sequence: 3, answeredBy: 'human' }),
  { kind: 'conversation_ended', ending: 'finished' },
  status('completed', 60, { sequence: 4, durationSeconds: 51, sipResponseCode: 200 }),
];
const lives: Record<string, CallEvent[]> = {
  answered,
  busy: [{ kind: 'dialing' }, status('initiated', 1), status('busy', 4, { sipResponseCode: 486 })],
  no_answer: [{ kind: 'dialing' }, status('ringing', 2), status('no_answer', 32, { sipResponseCode: 487 })],
  failed: [{ kind: 'dialing' }, status('initiated', 1), status('failed', 2, { sipResponseCode: 404 })],
  canceled: [{ kind: 'dialing' }, status('ringing', 2), status('canceled', 5)],
  voicemail: [
    status('in_progress', 9),
    { kind: 'answered_by', answeredBy: 'machine' },
    { kind: 'conversation_ended', ending: 'message_left' },
    status('completed', 40),
  ],
  dropped: [status('in_progress', 9), { kind: 'conversation_ended', ending: 'cut_short' }, status('completed', 12)],
  not_placed: [{ kind: 'dialing' }, { kind: 'create_timed_out' }, { kind: 'judged_not_placed' }],
};

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
  it.each(Object.entries(lives))('ends a life as %s', (outcome, events) => {
    expect(play(events)).toMatchObject({ state: 'completed', outcome });
  });

  it('leaves a call in the same state for any order with duplicates', () => {
    const lifes = fc.constantFrom(...Object.values(lives));
    fc.assert(
      fc.property(
        lifes.chain((events) => shuffledWithDuplicates(events).map((shuffled) => ({ events, shuffled }))),
        ({ events, shuffled }) => {
          expect(play(shuffled)).toEqual(play(events));
        },
      ),
      { numRuns: 10_000 },
    );
  });

  const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
    fc.constantFrom(...Object.values(lives).flat()),
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
    }),
  );

  it('agrees on any contradicting reports too', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyEvent, { minLength: 1, maxLength: 8 })
          .chain((events) => shuffledWithDuplicates(events).map((shuffled) => ({ events, shuffled }))),
        ({ events, shuffled }) => {
          expect(play(shuffled)).toEqual(play(events));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never reopens a call or goes back, and tells its end once', () => {
    const order = ['intended', 'dialing', 'unknown', 'placed', 'ringing', 'in_progress', 'completed'];
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 15 }), (events) => {
        let call = newCall();
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
      { numRuns: 3000 },
    );
  });

  it('takes callbacks that arrive before the create call returns', () => {
    const ringing = applyCarrierStatus(play([{ kind: 'dialing' }]), {
      carrierCallId: 'CA1',
      status: 'ringing',
      occurredAt: at(3),
    });
    expect(ringing.call.state).toBe('ringing');
    expect(ringing.effects).toEqual([{ kind: 'placed', carrierCallId: 'CA1' }]);
    const accepted = applyCallEvent(ringing.call, { kind: 'create_accepted', carrierCallId: 'CA1' });
    expect(accepted).toMatchObject({ changed: false, effects: [], call: { state: 'ringing' } });
  });

  it('believes the carrier over our own verdict that nothing was placed', () => {
    const before = play(lives['not_placed'] ?? []);
    const { call, effects } = applyCallEvent(before, status('completed', 60, { answeredBy: 'human' }));
    expect(call.outcome).toBe('answered');
    expect(effects).toContainEqual({ kind: 'outcome_revised', from: 'not_placed', to: 'answered' });
  });

  it('reports a second call at the carrier', () => {
    const { effects } = applyCallEvent(play(answered), { kind: 'create_accepted', carrierCallId: 'CA2' });
    expect(effects).toContainEqual({ kind: 'second_carrier_call', carrierCallId: 'CA2' });
  });
});

describe('judgeUnknown', () => {
  const attempt: UnknownAttempt = { dialedAt: at(0), now: at(30), settleMs: 90_000, listing: [], to: '+13125550142' };
  const listed = { sid: 'CA1', createdAt: at(1), to: '+13125550142', status: 'ringing' as const };
  const settled = new Date(at(0).getTime() + 90_000);

  it('adopts the one call to the number, at once', () => {
    expect(judgeUnknown({ ...attempt, listing: [listed] })).toEqual({ kind: 'adopt', sid: 'CA1' });
    expect(judgeUnknown({ ...attempt, listing: [{ ...listed, createdAt: new Date(at(0).getTime() - 900) }] })).toEqual({
      kind: 'adopt',
      sid: 'CA1',
    });
  });

  it('waits out the settle time before it believes that nothing was placed', () => {
    expect(judgeUnknown(attempt)).toEqual({ kind: 'wait', until: settled });
    expect(judgeUnknown({ ...attempt, now: settled })).toEqual({ kind: 'not_placed' });
  });

  it('ignores earlier calls, other numbers and calls of other attempts', () => {
    const others = [
      { ...listed, sid: 'CA0', createdAt: new Date(at(0).getTime() - 60_000) },
      { ...listed, sid: 'CA2', to: '+13125550199' },
      { ...listed, sid: 'CA3' },
    ];
    expect(judgeUnknown({ ...attempt, now: settled, listing: others, knownSids: ['CA3'] })).toEqual({
      kind: 'not_placed',
    });
  });

  it('counts as placed whatever stays undecided', () => {
    const two = [listed, { ...listed, sid: 'CA2' }];
    expect(judgeUnknown({ ...attempt, listing: two })).toEqual({ kind: 'counts_as_placed' });
    const late = new Date(at(0).getTime() + 10 * 90_000);
    expect(judgeUnknown({ ...attempt, listing: null })).toEqual({ kind: 'wait', until: settled });
    expect(judgeUnknown({ ...attempt, listing: null, now: settled }).kind).toBe('wait');
    expect(judgeUnknown({ ...attempt, listing: null, now: late })).toEqual({ kind: 'counts_as_placed' });
  });
});
