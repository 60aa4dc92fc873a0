import {
  COMPLEXITY_FACTORS,
  FINDING_SOURCES,
  HANDLINGS,
  HAZARDS,
  SAFE_PLACES,
  SENTIMENTS,
  type FindingSource,
} from '#libs/domain/instructions/model/instruction.values.js';
import {
  ChoiceField,
  ChoiceListField,
  FlagField,
  IntegerField,
  NumberField,
  ObjectField,
  ObjectListField,
  TextField,
} from '../fields/index.js';
import { TimeWindow } from './time-window.js';

export {
  COMPLEXITY_FACTORS,
  FINDING_SOURCES,
  HANDLINGS,
  HAZARDS,
  SAFE_PLACES,
  SENTIMENTS,
  type FindingSource,
} from '#libs/domain/instructions/model/instruction.values.js';

/** Whether a finding is more than an understanding of words, and counts whatever else was understood. */
export const isCertain = (source: FindingSource): boolean => source === 'keys' || source === 'person';

/** The words a finding rests on: a span of the transcript, in UTF-16 units. */
export class Evidence {
  @IntegerField({ min: 0 }) start!: number;
  @IntegerField({ min: 0 }) end!: number;
  @TextField({ min: 0, max: 2000 }) text!: string;
}

/** What every finding carries beside its value. */
export class Finding {
  @NumberField({ min: 0, max: 1 }) confidence!: number;
  @ChoiceField(FINDING_SOURCES) source!: FindingSource;
  @ObjectField(() => Evidence, { optional: true }) evidence?: Evidence;
}

export class WindowsFinding extends Finding {
  @ObjectListField(() => TimeWindow, { maxItems: 20 }) value!: TimeWindow[];
}
export class SafePlaceFinding extends Finding {
  @ChoiceField(SAFE_PLACES) value!: (typeof SAFE_PLACES)[number];
  /** The customer's own words for the place. */
  @TextField({ optional: true, max: 500 }) text?: string;
}
export class TextFinding extends Finding {
  @TextField({ max: 500 }) value!: string;
}
export class FlagFinding extends Finding {
  @FlagField() value!: boolean;
}
export class HazardsFinding extends Finding {
  @ChoiceListField(HAZARDS) value!: (typeof HAZARDS)[number][];
}
export class HandlingFinding extends Finding {
  @ChoiceListField(HANDLINGS) value!: (typeof HANDLINGS)[number][];
}
export class Recipient {
  @TextField({ nullable: true, max: 200 }) name!: string | null;
  @TextField({ nullable: true, max: 50 }) unit!: string | null;
}
export class RecipientFinding extends Finding {
  @ObjectField(() => Recipient) value!: Recipient;
}
export class Reschedule {
  /** Null when the customer wants another time without saying which. */
  @ObjectField(() => TimeWindow, { nullable: true }) to!: TimeWindow | null;
}
export class RescheduleFinding extends Finding {
  @ObjectField(() => Reschedule) value!: Reschedule;
}

export class SentimentFinding extends Finding {
  @ChoiceField(SENTIMENTS) value!: (typeof SENTIMENTS)[number];
}
/** What only a person can clear up. */
export class Question {
  @TextField({ max: 60, description: 'The field of the instructions that it is about.' }) about!: string;
  @TextField({ min: 0, max: 2000, description: 'What the customer said that does not fit.' }) said!: string;
}
export class QuestionsFinding extends Finding {
  @ObjectListField(() => Question, { maxItems: 20 }) value!: Question[];
}

/** What the customer wants, each field with its evidence and confidence; an absent field was not said. */
export class Instructions {
  @ObjectField(() => FlagFinding, { optional: true, description: 'Will somebody be there in the planned window?' })
  present?: FlagFinding;
  @ObjectField(() => WindowsFinding, { optional: true }) availability?: WindowsFinding;
  @ObjectField(() => WindowsFinding, { optional: true }) unavailable?: WindowsFinding;
  @ObjectField(() => SafePlaceFinding, { optional: true }) safePlace?: SafePlaceFinding;
  @ObjectField(() => TextFinding, { optional: true }) accessCode?: TextFinding;
  @ObjectField(() => RecipientFinding, { optional: true }) recipient?: RecipientFinding;
  @ObjectField(() => RescheduleFinding, { optional: true }) reschedule?: RescheduleFinding;
  @ObjectField(() => FlagFinding, { optional: true }) refused?: FlagFinding;
  @ObjectField(() => FlagFinding, { optional: true }) optOut?: FlagFinding;
  @ObjectField(() => FlagFinding, { optional: true }) callAhead?: FlagFinding;
  @ObjectField(() => HazardsFinding, { optional: true }) hazards?: HazardsFinding;
  @ObjectField(() => HandlingFinding, { optional: true }) handling?: HandlingFinding;
  @ObjectField(() => FlagFinding, { optional: true }) needsHuman?: FlagFinding;
  @ObjectField(() => SentimentFinding, { optional: true, description: 'How they sound, where their words show it.' })
  sentiment?: SentimentFinding;
  @ObjectField(() => FlagFinding, { optional: true, description: 'It cannot wait.' }) urgent?: FlagFinding;
  @ObjectField(() => QuestionsFinding, {
    optional: true,
    description: 'For a person: where words said something else than keys. The keys count until somebody asks.',
  })
  questions?: QuestionsFinding;
  /** 1 (one plain fact or none) to 5; costs the agent minutes and calls for experience. */
  @IntegerField({ min: 1, max: 5 }) complexity!: number;
  @ChoiceListField(COMPLEXITY_FACTORS, { optional: true, maxItems: 20, description: 'What the complexity is made of.' })
  complexityFactors?: (typeof COMPLEXITY_FACTORS)[number][];
}

/** How demanding instructions are, and what was found, apart. */
export function splitInstructions({ complexity, complexityFactors, ...findings }: Instructions): {
  readonly rating: Pick<Instructions, 'complexity' | 'complexityFactors'>;
  readonly findings: Omit<Instructions, 'complexity' | 'complexityFactors'>;
} {
  return { rating: { complexity, ...(complexityFactors && { complexityFactors }) }, findings };
}

/** Whether the customer wished for anything: a finding with a value, whatever its confidence. A mood is no wish. */
export function hasCustomerWishes(instructions: Instructions): boolean {
  const { sentiment: _mood, questions: _open, ...findings } = splitInstructions(instructions).findings;
  return Object.values(findings).some(
    (finding: (Finding & { value?: unknown }) | undefined) =>
      finding?.value !== undefined && (!Array.isArray(finding.value) || finding.value.length > 0),
  );
}
