/** What a customer can make known, by the field in which the API shows it. */
export const FACT_FIELDS = [
  'present',
  'safePlace',
  'accessCode',
  /** Words that must be found in what the agent reads, whichever field they are in. */
  'words',
  'hazard',
  'handling',
  'refused',
  'optOut',
  'needsHuman',
  /** The start of the window that was chosen. */
  'reschedule',
] as const;
export type FactField = (typeof FACT_FIELDS)[number];

export interface Fact {
  readonly field: FactField;
  readonly value: string | boolean;
  /** A key pressed, or a digit texted, is not contradicted by words. */
  readonly by: 'keys' | 'words';
}

/** A fact the customer gave, with where and when it was heard of. */
export interface GivenFact extends Fact {
  /** UTC epoch milliseconds. */
  readonly at: number;
  /** "pressed 2 in call CA…", for messages. */
  readonly evidence: string;
}

/** What counts of all that was given: the last of each field, keys before words. */
export function standingFacts(given: readonly GivenFact[]): GivenFact[] {
  const standing = new Map<FactField, GivenFact>();
  for (const fact of given.toSorted((one, other) => one.at - other.at)) {
    const before = standing.get(fact.field);
    if (before?.by === 'keys' && fact.by === 'words') continue;
    standing.set(fact.field, fact);
  }
  return [...standing.values()];
}

/**
 * Whether instructions, as the API or an agent's message shows them, hold a fact.
 * @param readable `instructions` and what else the reader sees in words: summary, transcript
 */
export function holdsFact(fact: Fact, readable: { readonly instructions: unknown; readonly words: string }): boolean {
  const instructions = objectOf(readable.instructions);
  const value = objectOf(instructions[fact.field])['value'];
  switch (fact.field) {
    case 'present':
    case 'safePlace':
    case 'accessCode':
    case 'refused':
    case 'optOut':
    case 'needsHuman':
      return value === fact.value;
    case 'words':
      return plain(`${readable.words} ${JSON.stringify(instructions)}`).includes(plain(String(fact.value)));
    case 'hazard':
      return listOf(objectOf(instructions['hazards'])['value']).includes(fact.value);
    case 'handling':
      return listOf(value).includes(fact.value);
    case 'reschedule':
      return Date.parse(String(objectOf(objectOf(value)['to'])['start'])) === Date.parse(String(fact.value));
  }
}

/** What is shown instead, for messages. */
export function shownInstead(fact: Fact, instructions: unknown): string {
  const field = fact.field === 'hazard' ? 'hazards' : fact.field;
  const shown = objectOf(instructions)[field];
  return shown === undefined ? 'nothing' : JSON.stringify(objectOf(shown)['value'] ?? shown);
}

export const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\d]+/gu, ' ');
