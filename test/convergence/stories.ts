import fc from 'fast-check';
import type { CallOutcome, FindingSource, Instructions } from '#libs/contracts/index.js';

/** What happens to a call's recording. */
export type RecordingEnd = 'understood' | 'unreadable' | 'missing';

export interface CallStory {
  readonly outcome: CallOutcome | 'refused' | 'refused_for_good';
  /** The findings of the call itself, step by step; each step includes the previous ones. */
  readonly steps: readonly Instructions[];
  readonly recording?: RecordingEnd;
  readonly words: { readonly text: string; readonly instructions: Instructions };
}

/** What a customer, reviewers and agents do about one delivery. */
export interface Story {
  /** By attempt; in further attempts the customer answers and says nothing special. */
  readonly calls: readonly CallStory[];
  /** The customer calls back after the first call, with these words. */
  readonly inboundCallback?: CallStory;
  /** The customer sends a text hours after the first call. */
  readonly textReply?: { readonly text: string; readonly chosen?: Instructions; readonly words?: Instructions };
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
  value, source, confidence,
});

const SLOT = { start: '2026-03-05T15:00:00.000Z', end: '2026-03-05T18:00:00.000Z' };
const OTHER_SLOT = { start: '2026-03-06T15:00:00.000Z', end: '2026-03-06T18:00:00.000Z' };
const PLACES = ['neighbour', 'porch', 'garage', 'shed'] as const;

type Found = Partial<Omit<Instructions, 'complexity'>>;

const ordinaryFinding = (source: FindingSource): fc.Arbitrary<Found> =>
  fc.oneof(
    fc.constantFrom(...PLACES).map((place): Found => ({ safePlace: finding(place, source) })),
    fc.boolean().map((there): Found => ({ present: finding(there, source) })),
    fc.constantFrom('4512', '77#').map((code): Found => ({ accessCode: finding(code, source) })),
    fc.constant<Found>({ callAhead: finding(true, source) }),
    fc.constant<Found>({ hazards: finding(['dog' as const], source) }),
  );

const uncertainFinding: fc.Arbitrary<Found> = fc
  .constantFrom(...PLACES)
  .map((place): Found => ({ safePlace: finding(place, 'speech', 0.4) }));

const decisiveFinding = (source: FindingSource): fc.Arbitrary<Found> =>
  fc.oneof(
    fc.constant<Found>({ refused: finding(true, source) }),
    fc.constantFrom(SLOT, OTHER_SLOT, null).map((to): Found => ({ reschedule: finding({ to }, source) })),
    fc.constant<Found>({ optOut: finding(true, source) }),
    fc.constant<Found>({ needsHuman: finding(true, source) }),
  );

const found = (source: FindingSource, isDecisive: boolean): fc.Arbitrary<Found> =>
  isDecisive
    ? fc.oneof({ weight: 3, arbitrary: ordinaryFinding(source) }, { weight: 1, arbitrary: decisiveFinding(source) })
    : ordinaryFinding(source);

const instructions = (parts: readonly Found[]): Instructions => ({
  ...parts.reduce<Found>((all, part) => ({ ...all, ...part }), {}),
  complexity: Math.min(5, Math.max(1, parts.length)),
});

const steps = (isDecisive: boolean): fc.Arbitrary<Instructions[]> =>
  fc
    .array(fc.oneof({ weight: 4, arbitrary: found('keys', isDecisive) }, { weight: 1, arbitrary: uncertainFinding }), {
      maxLength: 3,
    })
    .map((parts) => parts.map((_, index) => instructions(parts.slice(0, index + 1))));

const words = (isDecisive: boolean): fc.Arbitrary<Instructions> =>
  fc.array(found('analysis', isDecisive), { maxLength: 2 }).map(instructions);

const call = (isDecisive: boolean): fc.Arbitrary<CallStory> =>
  fc
    .record({
      outcome: fc.constantFrom<CallStory['outcome']>(
        ...([
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
        ] as const),
        ...(['canceled', 'refused', 'refused_for_good'] as const),
      ),
      steps: steps(isDecisive),
      recording: fc.constantFrom<RecordingEnd | undefined>(
        'understood',
        'understood',
        'unreadable',
        'missing',
        undefined,
      ),
      words: words(isDecisive),
      text: fc.constantFrom('in the garage please', 'leave it next door', 'no one is home'),
    })
    .map(({ outcome, steps: said, recording, words: heard, text }) => {
      const isConversation = outcome === 'answered' || outcome === 'dropped';
      const hasRecording = (isConversation || outcome === 'voicemail') && recording !== undefined;
      return {
        outcome,
        steps: isConversation ? said : [],
        ...(hasRecording ? { recording } : {}),
        words: { text, instructions: heard },
      };
    });

/**
 * Generates any story. A replanned story contains nothing that would end the delivery earlier, because a dispatcher
 * cannot reschedule a finished delivery.
 */
export const anyStory: fc.Arbitrary<Story> = fc.boolean().chain((isReplanned) =>
  fc
    .record(
      {
        calls: fc.array(call(!isReplanned), { minLength: 1, maxLength: 3 }),
        inboundCallback: call(!isReplanned).map((story): CallStory => ({
          ...story,
          outcome: story.outcome === 'dropped' ? 'dropped' : 'answered',
        })),
        textReply: fc.record(
          {
            text: fc.constantFrom('1', 'back door please'),
            chosen: fc.constantFrom(...PLACES).map((place) => instructions([{ safePlace: finding(place, 'keys') }])),
            words: words(!isReplanned),
          },
          { requiredKeys: ['text'] },
        ),
        correction: fc.record({
          instructions: fc.array(found('person', !isReplanned), { minLength: 1, maxLength: 2 }).map(instructions),
          removed: fc.subarray(['refused', 'reschedule', 'hazards', 'present']),
        }),
        isDeclined: fc.boolean(),
      },
      { requiredKeys: ['calls', 'isDeclined'] },
    )
    .map((story): Story => ({ ...story, isReplanned })),
);
