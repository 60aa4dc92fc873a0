import {
  COMPLEXITY_FACTORS,
  FINDING_SOURCES,
  HANDLINGS,
  HAZARDS,
  SAFE_PLACES,
  SENTIMENTS,
  type FindingSource,
} from '#libs/domain/instructions/model/instruction.values.js';
import { OPEN_CONFIRMATION_STATES } from '#libs/domain/text-messages/text-message.values.js';
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

/**
 * Whether a finding was keyed in by the customer or corrected by a person, and not derived by an analysis of words.
 * Such a finding takes precedence over any finding derived from words.
 */
export const isCertain = (source: FindingSource): boolean => source === 'keys' || source === 'person';

/** The words that support a finding: a span of the transcript, in UTF-16 code units. */
export class Evidence {
  @IntegerField({ min: 0 }) start!: number;
  @IntegerField({ min: 0 }) end!: number;
  @TextField({ min: 0, max: 2000 }) text!: string;
}

/** Fields of every finding in addition to its value. */
export class Finding {
  @NumberField({ min: 0, max: 1 }) confidence!: number;
  @ChoiceField(FINDING_SOURCES) source!: FindingSource;
  @ObjectField(() => Evidence, { optional: true }) evidence?: Evidence;
}

/** Windows in which the customer is available, or is not. */
export class WindowsFinding extends Finding {
  @ObjectListField(() => TimeWindow, { maxItems: 20 }) value!: TimeWindow[];
}
/** Where the parcel may be left. */
export class SafePlaceFinding extends Finding {
  @ChoiceField(SAFE_PLACES) value!: (typeof SAFE_PLACES)[number];
  /** The place in the customer's own words. */
  @TextField({ optional: true, max: 500 }) text?: string;
}
/** A text, such as an access code. */
export class TextFinding extends Finding {
  @TextField({ max: 500 }) value!: string;
}
/** A statement that is true or false, such as a refusal. */
export class FlagFinding extends Finding {
  @FlagField() value!: boolean;
}
/** Whether the customer refuses the parcel. */
export class RefusalFinding extends FlagFinding {
  @ChoiceField(OPEN_CONFIRMATION_STATES, {
    optional: true,
    description:
      'Present if the customer wrote it in a text and was asked to confirm it. Until then nothing is sent back.',
  })
  confirmation?: (typeof OPEN_CONFIRMATION_STATES)[number];
}
/** What may hurt or stop the agent. */
export class HazardsFinding extends Finding {
  @ChoiceListField(HAZARDS) value!: (typeof HAZARDS)[number][];
}
/** How the parcel is to be handed over. */
export class HandlingFinding extends Finding {
  @ChoiceListField(HANDLINGS) value!: (typeof HANDLINGS)[number][];
}
/** A place where the parcel must not be left. */
export class ExcludedPlace {
  @ChoiceField(SAFE_PLACES) place!: (typeof SAFE_PLACES)[number];
  @TextField({ min: 0, max: 500, description: 'The place in the customer’s own words.' }) text!: string;
}
/** Where the parcel must not be left. */
export class ExcludedPlacesFinding extends Finding {
  @ObjectListField(() => ExcludedPlace, { maxItems: 20 }) value!: ExcludedPlace[];
}
/** Another person who accepts the parcel. */
export class Recipient {
  @TextField({ nullable: true, max: 200 }) name!: string | null;
  @TextField({ nullable: true, max: 50 }) unit!: string | null;
}
/** Who takes the parcel instead of the customer. */
export class RecipientFinding extends Finding {
  @ObjectField(() => Recipient) value!: Recipient;
}
/** A person other than the customer. */
export class Person {
  @TextField({ min: 0, max: 500, description: 'The customer’s own words for the person.' }) who!: string;
  @TextField({ nullable: true, max: 200 }) name!: string | null;
  @TextField({ nullable: true, max: 50 }) unit!: string | null;
  @FlagField({ description: 'Whether the person takes the parcel. Otherwise they must not get it.' })
  mayReceive!: boolean;
}
/** All people whom the customer names as taking the parcel, or as not getting it. */
export class PeopleFinding extends Finding {
  @ObjectListField(() => Person, { maxItems: 20 }) value!: Person[];
}
/** The words of a condition, such as “unless it rains”. */
export class Condition {
  @TextField({ min: 0, max: 500 }) text!: string;
}
/** The conditions that the customer states. */
export class ConditionsFinding extends Finding {
  @ObjectListField(() => Condition, { maxItems: 20 }) value!: Condition[];
}
/** A request for another time. */
export class Reschedule {
  /** Null if the customer wants another time but did not say which. */
  @ObjectField(() => TimeWindow, { nullable: true }) to!: TimeWindow | null;
}
/** The requested new window. */
export class RescheduleFinding extends Finding {
  @ObjectField(() => Reschedule) value!: Reschedule;
  @ChoiceField(OPEN_CONFIRMATION_STATES, {
    optional: true,
    description: 'Present if the customer wrote it in a text and was asked to confirm it. Until then nothing is moved.',
  })
  confirmation?: (typeof OPEN_CONFIRMATION_STATES)[number];
}

/** The sentiment of the customer’s words. */
export class SentimentFinding extends Finding {
  @ChoiceField(SENTIMENTS) value!: (typeof SENTIMENTS)[number];
}
/** Words that only a person can resolve: a contradiction, or words that were not understood. */
export class Question {
  @TextField({ max: 60, description: 'The field of the instructions that the question is about.' }) about!: string;
  @TextField({
    min: 0,
    max: 2000,
    description: 'The customer’s words that contradict that field or were not understood.',
  })
  said!: string;
}
/** What a person has to ask the customer. */
export class QuestionsFinding extends Finding {
  @ObjectListField(() => Question, { maxItems: 20 }) value!: Question[];
}

/** The customer's instructions. Each field has its evidence and confidence. An absent field was not mentioned. */
export class Instructions {
  @ObjectField(() => FlagFinding, {
    optional: true,
    description: 'Whether someone will be present in the planned window.',
  })
  present?: FlagFinding;
  @ObjectField(() => WindowsFinding, { optional: true }) availability?: WindowsFinding;
  @ObjectField(() => WindowsFinding, { optional: true }) unavailable?: WindowsFinding;
  @ObjectField(() => SafePlaceFinding, { optional: true }) safePlace?: SafePlaceFinding;
  @ObjectField(() => ExcludedPlacesFinding, {
    optional: true,
    description: 'Places where the parcel must not be left.',
  })
  excludedPlaces?: ExcludedPlacesFinding;
  @ObjectField(() => TextFinding, { optional: true }) accessCode?: TextFinding;
  @ObjectField(() => RecipientFinding, { optional: true }) recipient?: RecipientFinding;
  @ObjectField(() => PeopleFinding, {
    optional: true,
    description: 'Everyone else whom the customer names as taking the parcel, or as not to get it.',
  })
  people?: PeopleFinding;
  @ObjectField(() => ConditionsFinding, {
    optional: true,
    description: 'Conditions on the customer’s wishes, in their own words.',
  })
  conditions?: ConditionsFinding;
  @ObjectField(() => RescheduleFinding, { optional: true }) reschedule?: RescheduleFinding;
  @ObjectField(() => RefusalFinding, { optional: true }) refused?: RefusalFinding;
  @ObjectField(() => FlagFinding, { optional: true }) optOut?: FlagFinding;
  @ObjectField(() => FlagFinding, { optional: true }) callAhead?: FlagFinding;
  @ObjectField(() => HazardsFinding, { optional: true }) hazards?: HazardsFinding;
  @ObjectField(() => HandlingFinding, { optional: true }) handling?: HandlingFinding;
  @ObjectField(() => FlagFinding, { optional: true }) needsHuman?: FlagFinding;
  @ObjectField(() => SentimentFinding, { optional: true, description: 'The customer’s mood, if their words show it.' })
  sentiment?: SentimentFinding;
  @ObjectField(() => FlagFinding, { optional: true, description: 'Whether the request is urgent.' })
  urgent?: FlagFinding;
  @ObjectField(() => QuestionsFinding, {
    optional: true,
    description:
      'Words that were not understood, and contradictions between words and pressed keys, for a person to resolve. Until then the keys apply.',
  })
  questions?: QuestionsFinding;
  /** From 1 (at most one simple fact) to 5. Higher values cost the agent more time and require more experience. */
  @IntegerField({ min: 1, max: 5 }) complexity!: number;
  @ChoiceListField(COMPLEXITY_FACTORS, {
    optional: true,
    maxItems: 20,
    description: 'The factors that contribute to the complexity.',
  })
  complexityFactors?: (typeof COMPLEXITY_FACTORS)[number][];
}

/** Splits instructions into their complexity rating and their findings. */
export function splitInstructions({ complexity, complexityFactors, ...findings }: Instructions): {
  readonly rating: Pick<Instructions, 'complexity' | 'complexityFactors'>;
  readonly findings: Omit<Instructions, 'complexity' | 'complexityFactors'>;
} {
  return { rating: { complexity, ...(complexityFactors && { complexityFactors }) }, findings };
}

/**
 * Whether the instructions contain a request: any finding with a non-empty value, whatever its confidence. Sentiment
 * and open questions are not requests.
 */
export function hasCustomerInstructions(instructions: Instructions): boolean {
  const { sentiment: _sentiment, questions: _questions, ...findings } = splitInstructions(instructions).findings;
  return Object.values(findings).some(
    (finding: (Finding & { value?: unknown }) | undefined) =>
      finding?.value !== undefined && (!Array.isArray(finding.value) || finding.value.length > 0),
  );
}
