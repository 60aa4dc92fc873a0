import fc from 'fast-check';
import {
  DELIVERY_STATES,
  DELIVERY_TRANSITIONS,
  DELIVERY_TRIGGERS,
  isTerminal,
  TERMINAL_DELIVERY_STATES,
  transition,
  type DeliveryEvent,
  type DeliveryState,
  type DeliveryTrigger,
} from './index.js';

const toEvent = (trigger: DeliveryTrigger): DeliveryEvent => {
  if (trigger === 'call_ended:reached') return { kind: 'call_ended', outcome: 'answered', retry: false };
  if (trigger === 'call_ended:retry') return { kind: 'call_ended', outcome: 'busy', retry: true };
  if (trigger === 'call_ended:unreached') return { kind: 'call_ended', outcome: 'no_answer', retry: false };
  return { kind: trigger };
};
const applyAll = (...triggers: DeliveryTrigger[]): DeliveryState =>
  triggers.reduce<DeliveryState>((state, trigger) => {
    const result = transition(state, toEvent(trigger));
    if (!result.ok) throw new Error(`${trigger} is illegal in ${state}`);
    return result.state;
  }, 'created');

/** Finds the states reachable from `start`, by breadth-first search over the table. */
function findReachable(start: DeliveryState): Set<DeliveryState> {
  const reached = new Set<DeliveryState>([start]);
  for (const state of reached) for (const next of Object.values(DELIVERY_TRANSITIONS[state])) reached.add(next);
  return reached;
}

describe('the delivery lifecycle', () => {
  it.each<[string, DeliveryTrigger[], DeliveryState]>([
    [
      'the regular course',
      [
        'call_planned',
        'call_started',
        'answers_keyed',
        'call_ended:reached',
        'instructions_extracted',
        'assigned',
        'acknowledged',
      ],
      'acknowledged',
    ],
    ['busy once', ['call_planned', 'call_started', 'call_ended:retry', 'call_planned', 'call_started'], 'calling'],
    ['customer not reached', ['call_planned', 'call_started', 'call_ended:unreached', 'assigned'], 'assigned'],
    ['no lawful hour', ['call_impossible', 'assigned', 'acknowledged'], 'acknowledged'],
    [
      'the analysis times out',
      [
        'call_planned',
        'call_started',
        'call_ended:reached',
        'understanding_timed_out',
        'assigned',
        'instructions_extracted',
      ],
      'assigned',
    ],
    [
      'opt-out during the call',
      ['call_planned', 'call_started', 'opt_out', 'call_ended:reached', 'instructions_extracted', 'assigned'],
      'assigned',
    ],
    [
      'another day',
      ['call_planned', 'call_started', 'reschedule_agreed', 'call_ended:reached', 'instructions_extracted'],
      'rescheduled',
    ],
    [
      'declined by the agent',
      ['call_impossible', 'assigned', 'unassigned', 'assigned', 'acknowledged'],
      'acknowledged',
    ],
    ['no agent, then one', ['call_impossible', 'no_agent', 'assigned'], 'assigned'],
    [
      'instructions overtake the end of their call',
      [
        'call_planned',
        'call_started',
        'instructions_extracted',
        'call_ended:reached',
        'instructions_extracted',
        'assigned',
      ],
      'assigned',
    ],
    [
      'instructions of a dropped call overtake its end',
      ['call_planned', 'call_started', 'instructions_extracted', 'call_ended:retry', 'call_started'],
      'calling',
    ],
    [
      'up to the hand-over',
      [
        'call_impossible',
        'assigned',
        'acknowledged',
        'set_out',
        'acknowledged',
        'instructions_extracted',
        'handed_over',
      ],
      'delivered',
    ],
    [
      'no one opens, then another day',
      ['call_impossible', 'assigned', 'hand_over_failed', 'replanned', 'call_planned', 'call_started'],
      'calling',
    ],
    ['planned again for another window', ['call_impossible', 'assigned', 'replanned', 'call_planned'], 'call_planned'],
    ['called by a dispatcher the next day', ['call_impossible', 'no_agent', 'call_started'], 'calling'],
    ['canceled during the call', ['call_planned', 'call_started', 'cancel', 'call_ended:reached'], 'canceled'],
    [
      'withdrawn from an agent on the way',
      ['call_impossible', 'assigned', 'set_out', 'unassigned', 'assigned'],
      'assigned',
    ],
  ])('ends in the right state: %s', (_, triggers, state) => {
    expect(applyAll(...triggers)).toBe(state);
  });

  it('refuses illegal transitions with a code', () => {
    expect(transition('created', { kind: 'acknowledged' })).toEqual({
      ok: false,
      code: 'illegal_transition',
      state: 'created',
      trigger: 'acknowledged',
    });
    expect(transition('canceled', { kind: 'assigned' }).ok).toBe(false);
    expect(transition('call_planned', { kind: 'assigned' }).ok).toBe(false);
    // A call about the window that would be replaced is in progress.
    expect(transition('calling', { kind: 'replanned' }).ok).toBe(false);
    expect(transition('ready_to_assign', { kind: 'handed_over' }).ok).toBe(false);
    expect(transition('failed', { kind: 'handed_over' }).ok).toBe(false);
  });

  it('loses no delivery: from each open state, an agent and every terminal state can be reached', () => {
    for (const state of DELIVERY_STATES) {
      const reachable = findReachable(state);
      if (state === 'delivered' || state === 'canceled') {
        expect([...reachable]).toEqual([state]);
      } else {
        expect([...reachable]).toEqual(expect.arrayContaining(['acknowledged', ...TERMINAL_DELIVERY_STATES]));
      }
    }
    expect([...findReachable('created')].sort()).toEqual([...DELIVERY_STATES].sort());
  });

  it('leaves a terminal state only when the customer turns out to have decided otherwise', () => {
    const REVISIONS: readonly DeliveryTrigger[] = ['reinstated', 'refused'];
    for (const state of TERMINAL_DELIVERY_STATES) {
      const leaving = DELIVERY_TRIGGERS.filter((trigger) => {
        const next = DELIVERY_TRANSITIONS[state][trigger];
        return next !== undefined && next !== state;
      });
      expect(REVISIONS).toEqual(expect.arrayContaining(leaving));
    }
    expect(applyAll('call_planned', 'refused', 'reinstated', 'call_planned')).toBe('call_planned');
  });

  it('stays within its states for any sequence of events', () => {
    const triggers = DELIVERY_TRIGGERS.filter((trigger) => trigger !== 'reinstated' && trigger !== 'refused');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...triggers), { maxLength: 30 }), (sequence) => {
        let state: DeliveryState = 'created';
        for (const trigger of sequence) {
          const before: DeliveryState = state;
          const result = transition(state, toEvent(trigger));
          if (result.ok) state = result.state;
          if (isTerminal(before)) expect(state).toBe(before);
          expect(DELIVERY_STATES).toContain(state);
        }
      }),
    );
  });

  it('accepts late reports about a call in every later state', () => {
    const lateTriggers: DeliveryTrigger[] = [
      'call_ended:reached',
      'instructions_extracted',
      'understanding_timed_out',
      'opt_out',
    ];
    const laterStates: DeliveryState[] = [
      'ready_to_assign',
      'assigned',
      'acknowledged',
      'out_for_delivery',
      'delivered',
      'failed',
      'rescheduled',
      'refused',
      'canceled',
      'unassignable',
    ];
    for (const state of laterStates) {
      for (const trigger of lateTriggers) expect(transition(state, toEvent(trigger))).toEqual({ ok: true, state });
    }
  });
});
