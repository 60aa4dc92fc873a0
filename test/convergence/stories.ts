import fc from 'fast-check';
import type { CallOutcome, FindingSource, Instructions } from '#libs/contracts/index.js';

/** The final state of a call's recording. */
export type RecordingEnd = 'understood' | 'unreadable' | 'missing';

export interface CallStory {
  readonly outcome: CallOutcome | 'refused' | 'refused_for_good';
  /** The findings during the call, step by step; each step includes the previous ones. */
  readonly steps: readonly Instructions[];
  readonly recording?: RecordingEnd;
  readonly words: { readonly text: string; readonly instructions: Instructions };
}

/** The actions of a customer, dispatchers and agents for one delivery. */
export interface Story {
  /** By attempt; in further attempts the customer answers and says nothing special. */
  readonly calls: readonly CallStory[];
  /** The customer calls back after the first call, with these words. */
  readonly inboundCallback?: CallStory;
  /** The customer sends a text hours after the first call. */
  readonly textReply?: { readonly text: string; readonly chosen?: Instructions; readonly words?: Instructions };
  /** The customer's answer to the text that asks their wish back. */
  readonly answer?: string;
  /** A dispatcher corrects the instructions of the first call, if it was understood. */
  readonly correction?: { readonly instructions: Instructions; readonly removed: readonly string[] };
  /** A dispatcher finally reschedules the delivery. */
  readonly isReplanned: boolean;
  /** The agent declines the first assignment. */
  readonly isDeclined: boolean;
}

const finding = <V>(
  value: V,
  source: FindingSource,
  confidence = source === 'keys' || source === 'person' ? 1 : 0.9,
) => ({
  value,
  source,
  confidence,
});

const SLOT = { start: '2026-03-05T15:00:00.000Z', end: '2026-03-05T18:00:00.000Z' };
const OTHER_SLOT = { start: '2026-03-06T15:00:00.000Z', end: '2026-03-06T18:00:00.000Z' };
const PLACES = ['neighbour', 'porch', 'garage', 'shed'] as const;

type Findings = Partial<Omit<Instructions, 'complexity'>>;

const ordinaryFinding = (source: FindingSource): fc.Arbitrary<Findings> =>
  fc.oneof(
    fc.constantFrom(...PLACES).map((place): Findings => ({ safePlace: finding(place, source) })),
    fc.boolean().map((there): Findings => ({ present: finding(there, source) })),
    fc.constantFrom('4512', '77#').map((code): Findings => ({ accessCode: finding(code, source) })),
    fc.constant<Findings>({ callAhead: finding(true, source) }),
    fc.constant<Findings>({ hazards: finding(['dog' as const], source) }),
  );

const uncertainFinding: fc.Arbitrary<Findings> = fc
  .constantFrom(...PLACES)
  .map((place): Findings => ({ safePlace: finding(place, 'speech', 0.4) }));

const decisiveFinding = (source: FindingSource): fc.Arbitrary<Findings> =>
  fc.oneof(
    fc.constant<Findings>({ refused: finding(true, source) }),
    fc.constantFrom(SLOT, OTHER_SLOT, null).map((to): Findings => ({ reschedule: finding({ to }, source) })),
    fc.constant<Findings>({ optOut: finding(true, source) }),
    fc.constant<Findings>({ needsHuman: finding(true, source) }),
  );

const anyFinding = (source: FindingSource, isDecisive: boolean): fc.Arbitrary<Findings> =>
  isDecisive
    ? fc.oneof({ weight: 3, arbitrary: ordinaryFinding(source) }, { weight: 1, arbitrary: decisiveFinding(source) })
    : ordinaryFinding(source);

const toInstructions = (parts: readonly Findings[]): Instructions => ({
  ...parts.reduce<Findings>((all, part) => ({ ...all, ...part }), {}),
  complexity: Math.min(5, Math.max(1, parts.length)),
});

const anySteps = (isDecisive: boolean): fc.Arbitrary<Instructions[]> =>
  fc
    .array(
      fc.oneof({ weight: 4, arbitrary: anyFinding('keys', isDecisive) }, { weight: 1, arbitrary: uncertainFinding }),
      {
        maxLength: 3,
      },
    )
    .map((parts) => parts.map((_, index) => toInstructions(parts.slice(0, index + 1))));

const anyWords = (isDecisive: boolean): fc.Arbitrary<Instructions> =>
  fc.array(anyFinding('analysis', isDecisive), { maxLength: 2 }).map(toInstructions);

const anyCall = (isDecisive: boolean): fc.Arbitrary<CallStory> =>
  fc
    .record({
      outcome: fc.constantFrom<CallStory['outcome']>(
        'answered',
        'answered',
        'dropped',
        'dropped',
        'busy',
        'no_answer',
        'hung_up_early',
        'voicemail',
        'not_placed',
        'failed',
        'canceled',
        'refused',
        'refused_for_good',
      ),
      steps: anySteps(isDecisive),
      recording: fc.constantFrom<RecordingEnd | undefined>(
        'understood',
        'understood',
        'unreadable',
        'missing',
        undefined,
      ),
      words: anyWords(isDecisive),
      text: fc.constantFrom('in the garage please', 'leave it next door', 'no one is home'),
    })
    .map(({ outcome, steps, recording, words, text }) => {
      const isConversation = outcome === 'answered' || outcome === 'dropped';
      const hasRecording = (isConversation || outcome === 'voicemail') && recording !== undefined;
      return {
        outcome,
        steps: isConversation ? steps : [],
        ...(hasRecording ? { recording } : {}),
        words: { text, instructions: words },
      };
    });

/**
 * Generates a story in which the customer writes a wish that is asked back. Nothing else decides it: whether they are
 * asked at all would otherwise depend on what routing learns first.
 */
const anyAskedStory: fc.Arbitrary<Story> = fc
  .record(
    {
      calls: fc.array(anyCall(false), { minLength: 1, maxLength: 3 }),
      wish: fc.oneof(
        fc.constant<Findings>({ refused: finding(true, 'analysis') }),
        fc.constantFrom(SLOT, null).map((to): Findings => ({ reschedule: finding({ to }, 'analysis') })),
      ),
      answer: fc.constantFrom('YES', 'yes please', 'No', 'yes on the porch'),
      isDeclined: fc.boolean(),
    },
    { requiredKeys: ['calls', 'wish', 'isDeclined'] },
  )
  .map(({ wish, ...story }): Story => ({
    ...story,
    textReply: { text: 'refuse it, or another time', words: toInstructions([wish]) },
    isReplanned: false,
  }));

/**
 * Generates any other story. A replanned story contains nothing that would end the delivery earlier, because a dispatcher
 * cannot reschedule a finished delivery.
 */
const anyOtherStory: fc.Arbitrary<Story> = fc.boolean().chain((isReplanned) =>
  fc
    .record(
      {
        calls: fc.array(anyCall(!isReplanned), { minLength: 1, maxLength: 3 }),
        inboundCallback: anyCall(!isReplanned).map((story): CallStory => ({
          ...story,
          outcome: story.outcome === 'dropped' ? 'dropped' : 'answered',
        })),
        textReply: fc.record(
          {
            text: fc.constantFrom('1', 'back door please'),
            chosen: fc.constantFrom(...PLACES).map((place) => toInstructions([{ safePlace: finding(place, 'keys') }])),
            words: anyWords(!isReplanned),
          },
          { requiredKeys: ['text'] },
        ),
        correction: fc.record({
          instructions: fc
            .array(anyFinding('person', !isReplanned), { minLength: 1, maxLength: 2 })
            .map(toInstructions),
          removed: fc.subarray(['refused', 'reschedule', 'hazards', 'present']),
        }),
        isDeclined: fc.boolean(),
      },
      { requiredKeys: ['calls', 'isDeclined'] },
    )
    .map((story): Story => ({ ...story, isReplanned })),
);

export const anyStory: fc.Arbitrary<Story> = fc.oneof(
  { weight: 3, arbitrary: anyOtherStory },
  { weight: 1, arbitrary: anyAskedStory },
);
