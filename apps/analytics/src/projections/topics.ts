import type { Instructions } from '#libs/contracts/index.js';

/** Classification of a customer's instructions. Analytics stores only the classification, never the transcript. */
export interface Topics {
  readonly topics: readonly string[];
  /** Obstacles between the agent and the door. */
  readonly hindrances: readonly string[];
  /** `neither` if the words are neutral or were not rated. */
  readonly mood: 'positive' | 'negative' | 'neither';
}

/** Classifies instructions by topic, hindrance and mood. */
export function toTopics(instructions: Instructions): Topics {
  const { present, availability, unavailable, safePlace, accessCode, recipient, reschedule } = instructions;
  const { refused, optOut, callAhead, hazards, handling, needsHuman, sentiment, urgent, questions } = instructions;
  const candidates: readonly (readonly [topic: string, applies: boolean | undefined])[] = [
    ['availability', present !== undefined || availability !== undefined || unavailable !== undefined],
    ['safe_place', safePlace !== undefined],
    ['access_code', accessCode !== undefined],
    ['recipient', recipient !== undefined],
    ['reschedule', reschedule !== undefined],
    ['refused', refused?.value],
    ['opt_out', optOut?.value],
    ['call_ahead', callAhead?.value],
    ['needs_person', needsHuman?.value],
    ['urgent', urgent?.value],
    ['contradiction', questions !== undefined],
  ];
  const hazardTopics = (hazards?.value ?? []).map((hazard) => (hazard === 'other' ? 'other_hazard' : hazard));
  const handlingTopics = (handling?.value ?? []).map((kind) => (kind === 'other' ? 'other_handling' : kind));
  return {
    topics: [
      ...candidates.filter(([, applies]) => applies === true).map(([topic]) => topic),
      ...hazardTopics,
      ...handlingTopics,
    ],
    hindrances: [
      ...hazardTopics,
      ...(present?.value === false ? ['nobody_there'] : []),
      ...(accessCode ? ['locked_door'] : []),
      ...(needsHuman?.value ? ['needs_person'] : []),
    ],
    mood: sentiment?.value ?? 'neither',
  };
}

/** Joins topics into one scalar, sorted and without duplicates, because a projection stores only scalars. */
export const joinTopics = (values: readonly string[]): string => [...new Set(values)].sort().join(' ');
