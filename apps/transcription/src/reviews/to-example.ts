import type { Finding, Instructions } from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { instructionLocale } from '../instruction-analysis/instruction-analysis.module.js';
import { maskText } from '../transcripts/transcripts.module.js';

/**
 * Maps a reviewed transcript to a line of the `eval:analysis` set: the words, and the instructions that the person
 * confirmed. An access code is masked in the text and is not part of the expected result, because evaluation sets are
 * shared.
 */
export function toExample({ _id: id, words, context, instructions }: TranscriptDocument): object {
  const { zone, window, spokenAt } = context;
  const { start, end } = window;
  return {
    id,
    text: maskText(words?.text ?? '', instructions?.accessCode),
    locale: instructionLocale(words?.language ?? 'en', zone),
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
  const valueOf = <T>(finding: (Finding & { value: T }) | undefined, absent: T | null): T | null =>
    finding?.value ?? absent;
  return {
    availability: valueOf(availability, []),
    unavailable: valueOf(unavailable, []),
    safePlace: safePlace?.value ?? null,
    ...(safePlace?.text === undefined ? {} : { safePlaceText: safePlace.text }),
    recipient: valueOf(recipient, null),
    reschedule: valueOf(reschedule, null),
    refused: valueOf(refused, false),
    optOut: valueOf(optOut, false),
    callAhead: valueOf(callAhead, false),
    hazards: valueOf(hazards, []),
    handling: valueOf(handling, []),
    needsHuman: valueOf(needsHuman, false),
    complexity,
  };
}
