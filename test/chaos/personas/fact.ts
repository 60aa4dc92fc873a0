/** The kinds of facts that a customer can communicate, named after the field in which the API shows them. */
export const FACT_FIELDS = [
  'present',
  'safePlace',
  'accessCode',
  /** Words that must occur in what the agent reads, in any field. */
  'words',
  'hazard',
  'handling',
  'refused',
  'optOut',
  'needsHuman',
  /** The start of the chosen window. */
  'reschedule',
] as const;
export type FactField = (typeof FACT_FIELDS)[number];

export interface Fact {
  readonly field: FactField;
  readonly value: string | boolean;
  /** Words do not override a pressed key or a texted digit. */
  readonly by: 'keys' | 'words';
}

/** A fact that the customer communicated, with its time and source. */
export interface GivenFact extends Fact {
  /** UTC epoch milliseconds. */
  readonly at: number;
  /** The source for messages, such as "pressed 2 in call CA…". */
  readonly evidence: string;
}

/** Returns the last fact of each field. A spoken fact does not replace a keyed one. */
export function effectiveFacts(given: readonly GivenFact[]): GivenFact[] {
  const latestByField = new Map<FactField, GivenFact>();
  for (const fact of given.toSorted((one, other) => one.at - other.at)) {
    const before = latestByField.get(fact.field);
    if (before?.by === 'keys' && fact.by === 'words') continue;
    latestByField.set(fact.field, fact);
  }
  return [...latestByField.values()];
}

/**
 * Whether instructions, as the API or an agent's message shows them, contain a fact.
 *
 * @param readable `instructions`, and other text that the reader sees: summary, transcript.
 */
export function containsFact(
  fact: Fact,
  readable: { readonly instructions: unknown; readonly words: string },
): boolean {
  const instructions = toObject(readable.instructions);
  const value = toObject(instructions[fact.field])['value'];
  switch (fact.field) {
    case 'present':
    case 'safePlace':
    case 'accessCode':
    case 'refused':
    case 'optOut':
    case 'needsHuman':
      return value === fact.value;
    case 'words':
      return normalize(`${readable.words} ${JSON.stringify(instructions)}`).includes(normalize(String(fact.value)));
    case 'hazard':
      return toList(toObject(instructions['hazards'])['value']).includes(fact.value);
    case 'handling':
      return toList(value).includes(fact.value);
    case 'reschedule':
      return Date.parse(String(toObject(toObject(value)['to'])['start'])) === Date.parse(String(fact.value));
  }
}

/** The value that is shown instead, for messages. */
export function formatShownValue(fact: Fact, instructions: unknown): string {
  const field = fact.field === 'hazard' ? 'hazards' : fact.field;
  const shown = toObject(instructions)[field];
  return shown === undefined ? 'nothing' : JSON.stringify(toObject(shown)['value'] ?? shown);
}

export const toObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const normalize = (text: string): string => text.toLowerCase().replace(/[^\p{L}\d]+/gu, ' ');
