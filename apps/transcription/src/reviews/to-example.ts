import type { Finding, Instructions } from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { toInstructionLocale } from '../instruction-analysis/instruction-analysis.module.js';
import { maskText } from '../transcripts/transcripts.module.js';

/**
 * Maps a reviewed transcript to a line of the evaluation set that `npm run eval:analysis` reads: the customer's words,
 * and the instructions that a dispatcher confirmed. An access code is masked in the text and is not part of the
 * expected result, because evaluation sets are shared.
 */
export function toExample({ _id: id, words, context, instructions }: TranscriptDocument): object {
  const { zone, window, spokenAt } = context;
  const { start, end } = window;
  return {
    id,
    text: maskText(words?.text ?? '', instructions?.accessCode),
    locale: toInstructionLocale(words?.language ?? 'en', zone),
    zone,
    now: spokenAt.toISOString(),
    planned: { start: start.toISOString(), end: end.toISOString() },
    question: 'open',
    expected: instructions ? toExpected(withoutAccessCodes(instructions)) : {},
  };
}

function toExpected(instructions: Instructions): object {
  const { availability, unavailable, safePlace, recipient, reschedule, refused, optOut, callAhead } = instructions;
  const { hazards, handling, needsHuman, complexity } = instructions;
  const toValue = <T>(finding: (Finding & { value: T }) | undefined, defaultValue: T | null): T | null =>
    finding?.value ?? defaultValue;
  return {
    availability: toValue(availability, []),
    unavailable: toValue(unavailable, []),
    safePlace: safePlace?.value ?? null,
    ...(safePlace?.text === undefined ? {} : { safePlaceText: safePlace.text }),
    recipient: toValue(recipient, null),
    reschedule: toValue(reschedule, null),
    refused: toValue(refused, false),
    optOut: toValue(optOut, false),
    callAhead: toValue(callAhead, false),
    hazards: toValue(hazards, []),
    handling: toValue(handling, []),
    needsHuman: toValue(needsHuman, false),
    complexity,
  };
}
