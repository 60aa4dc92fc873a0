import type { Delivery } from '#libs/contracts/index.js';
import type { Place } from './places.js';

/** How one delivery must end, checked against the API, the simulated carrier's ledger and the partner's webhooks. */
export interface Expectation {
  readonly state: Delivery['state'];
  /** The final contact outcome. */
  readonly contact: string;
  /** The exact number of calls in a run without failures. A call that a kill interrupts may be repeated. */
  readonly calls: number;
  /** The expected instructions, in the format of `listInstructionFacts`. */
  readonly understood?: readonly string[];
  readonly agent?: string;
  /** A pattern that the explanation of the assignment must match. */
  readonly reason?: RegExp;
  readonly customerOptedOut?: boolean;
}

export interface DeliveryScript {
  readonly reference: string;
  readonly customer: string;
  readonly persona: string;
  readonly phone: string;
  readonly place: Place;
  /** Kilometers east and north of the city center. */
  readonly offsetKm: readonly [east: number, north: number];
  readonly requires?: readonly string[];
  /** The reference of a delivery that must have ended before this one is created. */
  readonly after?: string;
  readonly expected: Expectation;
}

export interface AgentScript {
  readonly name: string;
  readonly offsetKm: readonly [east: number, north: number];
  readonly skills: readonly string[];
  readonly capacity: number;
  readonly experience: number;
  /** Hours from now. */
  readonly shift: readonly [start: number, end: number];
  /** Whether the agent's app is open. A closed app is woken by push. */
  readonly online: boolean;
}

/**
 * There is capacity for all deliveries, so distance, skills and shifts decide assignments. Capacity limits only one
 * agent.
 */
export const AGENTS: readonly AgentScript[] = [
  {
    name: 'Ana',
    offsetKm: [1, 1],
    skills: ['two_person'],
    capacity: 10,
    experience: 0.9,
    shift: [-2, 9],
    online: true,
  },
  { name: 'Ben', offsetKm: [-2, 0], skills: [], capacity: 3, experience: 0.4, shift: [-2, 9], online: true },
  { name: 'Chloe', offsetKm: [3, -4], skills: [], capacity: 8, experience: 0.6, shift: [-2, 9], online: false },
  // Closest to all customers, but the shift ends before the first window.
  { name: 'Dan', offsetKm: [0, 0], skills: ['two_person'], capacity: 20, experience: 1, shift: [-8, 1], online: true },
];

/**
 * Creates one delivery for each persona, one for a customer whose local time is night, and one for a customer who has
 * already opted out.
 */
export function createScenario(day: Place, night: Place): DeliveryScript[] {
  const answered = { state: 'acknowledged', contact: 'answered', calls: 1 } as const;
  const story = (
    serial: number,
    customer: string,
    persona: string,
    expected: Expectation,
    more: Partial<DeliveryScript> = {},
  ): DeliveryScript => ({
    reference: `D-${String(serial).padStart(2, '0')}`,
    customer,
    persona,
    phone: day.phone(serial),
    place: day,
    offsetKm: [((serial * 7) % 9) - 4, ((serial * 5) % 7) - 3],
    expected,
    ...more,
  });
  const nightStory = story(13, 'Nora', 'will_be_home', {
    state: 'acknowledged',
    contact: 'no_lawful_time_before_deadline',
    calls: 0,
  });
  return [
    story(1, 'Sam', 'speaks_instructions', { ...answered, understood: ['leave at porch'] }),
    story(
      2,
      'Grace',
      'speaks_gate_code',
      { ...answered, understood: ['code 4271'], agent: 'Ana' },
      { requires: ['two_person'] },
    ),
    story(3, 'Nick', 'speaks_neighbour', { ...answered, understood: ['leave at neighbour'] }),
    story(4, 'Alex', 'speaks_after_six', { ...answered, understood: ['someone there from 18:00'] }),
    story(5, 'Hope', 'will_be_home', { ...answered, understood: ['will be there'] }),
    story(6, 'Kim', 'presses_keys', {
      ...answered,
      understood: ['will not be there (keyed)', 'leave at neighbour (keyed)'],
    }),
    story(7, 'Vera', 'voicemail', { state: 'acknowledged', contact: 'voicemail', calls: 1 }),
    story(8, 'Bob', 'busy_first', { ...answered, calls: 2, understood: ['leave at porch'] }),
    story(9, 'Nina', 'no_answer_first', { ...answered, calls: 2, understood: ['leave at porch'] }),
    story(10, 'Hal', 'hangs_up_halfway', { ...answered, understood: ['leave at porch'] }),
    story(11, 'Rita', 'asks_to_reschedule', { state: 'rescheduled', contact: 'answered', calls: 1 }),
    story(12, 'Otto', 'opts_out_by_key', { ...answered, customerOptedOut: true }),
    story(
      16,
      'Mia',
      'speaks_many_wishes',
      {
        ...answered,
        understood: ['leave at porch', 'beware: dog', 'do not ring'],
        // Ben is closer but inexperienced: complex instructions go to experienced agents.
        agent: 'Ana',
        reason: /instructions of complexity [45] met by experience 90 %/,
      },
      { offsetKm: [-0.8, 0.3] },
    ),
    { ...nightStory, phone: night.phone(13), place: night },
    story(14, 'Iris', 'invalid_number', { state: 'acknowledged', contact: 'failed', calls: 0 }),
    story(
      15,
      'Otto',
      'opts_out_by_key',
      { state: 'acknowledged', contact: 'do_not_call', calls: 0, customerOptedOut: true },
      { phone: day.phone(12), after: 'D-12' },
    ),
  ];
}

const KM_PER_DEGREE = 111.32;

/** Returns the position at an offset in kilometers from a place. */
export function positionNear(place: Place, [east, north]: readonly [number, number]): [number, number] {
  const [lng, lat] = place.position;
  return [lng + east / (KM_PER_DEGREE * Math.cos((lat * Math.PI) / 180)), lat + north / KM_PER_DEGREE];
}
