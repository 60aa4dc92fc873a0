import { z } from 'zod';
import { HANDLINGS, HAZARDS, SAFE_PLACES, SENTIMENTS } from '#libs/domain/instructions/index.js';

const quote = z.string().describe('The customer’s own words for it, copied exactly and without a gap.');
const confidence = z.number().min(0).max(1).describe('How sure you are that the customer means this.');
const claimFields = { quote, confidence };
/** Wall-clock time in the customer's time zone. Has no offset, so that the model does not have to compute one. */
const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
  .describe('Local date and time: 2026-03-02T18:00.');
const span = z.object({ start: localTime, end: localTime, ...claimFields });
const claim = z.object(claimFields).nullable();

/**
 * The schema of the model's answer, used both for OpenAI's structured output and for parsing. Strict mode requires
 * every field. Null and the empty list mean that the customer did not mention it. The descriptions are part of the
 * prompt: see `PROMPT_VERSION` before changing one.
 */
export const analysisAnswer = z.object({
  language: z.enum(['en', 'es']),
  availability: z.array(span).max(20).describe('When somebody will be there.'),
  unavailable: z.array(span).max(20).describe('When nobody will be there.'),
  safePlace: z
    .object({ place: z.enum(SAFE_PLACES), ...claimFields })
    .nullable()
    .describe('Where the parcel may be left.'),
  excludedPlaces: z
    .array(z.object({ place: z.enum(SAFE_PLACES), ...claimFields }))
    .max(20)
    .describe('Where the parcel must not be left. A place that is only mentioned belongs nowhere.'),
  people: z
    .array(
      z.object({
        name: z.string().nullable(),
        unit: z.string().nullable(),
        mayReceive: z.boolean().describe('False for somebody who must not get it.'),
        ...claimFields,
      }),
    )
    .max(20)
    .describe('Everyone else who takes the parcel or must not get it.'),
  conditions: z
    .array(z.object(claimFields))
    .max(20)
    .describe('Each condition on a wish, such as "unless it rains"; the quote is the condition.'),
  accessCode: z
    .object({ code: z.string().describe('As keyed: digits, letters, * and #.'), ...claimFields })
    .nullable()
    .describe('What opens a door, gate or box. House, flat, phone, post-code and order numbers and times are none.'),
  recipient: z
    .object({ name: z.string().nullable(), unit: z.string().nullable(), ...claimFields })
    .nullable()
    .describe('Another person who takes the parcel.'),
  reschedule: z
    .object({ to: z.object({ start: localTime, end: localTime }).nullable(), ...claimFields })
    .nullable()
    .describe('Another day or time is wished; to is null where none was said.'),
  refused: claim.describe('The customer does not want the parcel at all.'),
  optOut: claim.describe('No further calls or messages are wished, not only at some time or on some number.'),
  callAhead: claim.describe('A call or text before arrival is wished; not at the door.'),
  hazards: z.array(z.object({ hazard: z.enum(HAZARDS), ...claimFields })).max(20),
  handling: z.array(z.object({ handling: z.enum(HANDLINGS), ...claimFields })).max(20),
  needsHuman: claim.describe('Distress, anger, a wish to speak to a person, a contradiction, or words without sense.'),
  sentiment: z
    .object({ value: z.enum(SENTIMENTS), ...claimFields })
    .nullable()
    .describe('How the customer sounds, where their words show it; null for most.'),
  urgent: claim.describe('It cannot wait, as medicine cannot.'),
  complexity: z
    .literal([1, 2, 3, 4, 5])
    .describe('1 one plain fact or none, 2 two facts or a code, 3 three facts or a condition, 4 four or five, 5 more.'),
});

/** The validated output of the language model. */
export type AnalysisAnswer = z.infer<typeof analysisAnswer>;
