import type { Instructions } from '#libs/contracts/index.js';

/** The topics of a customer's words. Figures keep these and never the words themselves. */
export interface Topics {
  readonly topics: readonly string[];
  readonly hindrances: readonly string[];
  readonly mood: 'positive' | 'negative' | 'neither';
}

/** Classifies instructions by topic, hindrance and mood. */
export function toTopics(instructions: Instructions): Topics {
  const { present, availability, unavailable, safePlace, accessCode, recipient, reschedule } = instructions;
  const { refused, optOut, callAhead, hazards, handling, needsHuman, sentiment, urgent, questions } = instructions;
  const candidates: readonly (readonly [topic: string, is: boolean | undefined])[] = [
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
  const dangers = (hazards?.value ?? []).map((hazard) => (hazard === 'other' ? 'other_hazard' : hazard));
  const wishes = (handling?.value ?? []).map((wish) => (wish === 'other' ? 'other_handling' : wish));
  return {
    topics: [...candidates.filter(([, is]) => is === true).map(([topic]) => topic), ...dangers, ...wishes],
    hindrances: [
      ...dangers,
      ...(present?.value === false ? ['nobody_there'] : []),
      ...(accessCode ? ['locked_door'] : []),
      ...(needsHuman?.value ? ['needs_person'] : []),
    ],
    mood: sentiment?.value ?? 'neither',
  };
}

/** Joins topics into one scalar, sorted and without duplicates, as a projection stores only scalars. */
export const joinTopics = (values: readonly string[]): string => [...new Set(values)].sort().join(' ');
