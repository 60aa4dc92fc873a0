import {
  CallAnswered,
  CallCancelRequested,
  CallCompleted,
  CallDecisionMade,
  CallIntervened,
  CallPlaced,
  CallPlanned,
  CallReceived,
  CallRefused,
  CallRequested,
  CallWithheld,
  CustomerTextRequested,
  InstructionsCorrected,
  InstructionsExtracted,
  MessageReceived,
  RecordingExpired,
  RecordingMissing,
  RecordingStored,
  RecordingTranscribed,
  TranscriptionFailed,
} from '#libs/contracts/index.js';
import { maskAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import { of, telling } from './line.js';
import { describeDuration, describeInstant, describeOutcome, describeWishes, maskPhone, quote } from './words.js';

const TEXT_REASONS = {
  unreachable: 'no call reached the customer',
  not_called: 'the customer is not called',
  follow_up: 'promised in the call',
} as const;

/** How the call, its recording and what was understood of it are told. */
export const CALL_TELLINGS = [
  telling(CallPlanned, (payload) =>
    of(payload, `Call ${payload.attempt} planned for ${describeInstant(payload.at)}: ${payload.reason}`),
  ),
  telling(CallWithheld, (payload) =>
    // Only after a call that the customer ended.
    of(payload, `${payload.rule === 'hung_up_early' ? 'No further call' : 'No call is made'}: ${payload.detail}`),
  ),
  telling(CallRequested, (payload) => of(payload, `Called ${maskPhone(payload.phone)}, attempt ${payload.attempt}`)),
  telling(CallPlaced, (payload) => of(payload, 'The carrier took the call')),
  telling(CustomerTextRequested, (payload) => of(payload, `Asked by text, as ${TEXT_REASONS[payload.reason]}`)),
  telling(MessageReceived, (payload) => of(payload, `The customer wrote: ${quote(maskAccessCodes(payload.text))}`)),
  telling(CallReceived, (payload) => of(payload, 'The customer rang back')),
  telling(CallRefused, (payload) =>
    of(
      payload,
      `Not called: ${payload.detail}${payload.nextAllowedAt ? `; allowed from ${describeInstant(payload.nextAllowedAt)}` : ''}`,
    ),
  ),
  telling(CallAnswered, (payload) => of(payload, 'The call was picked up')),
  telling(CallCancelRequested, (payload) =>
    of(payload, payload.beforeDialing ? 'The call was called off before it was made' : 'Somebody called the call off'),
  ),
  telling(CallIntervened, (payload) =>
    of(payload, payload.action === 'end' ? 'A dispatcher ended the call' : 'A dispatcher took the call over'),
  ),
  telling(CallDecisionMade, (payload) => of(payload, `Decided in the call: ${describeWishes(payload.instructions)}`)),
  telling(CallCompleted, (payload) =>
    of(
      payload,
      `The call ended: ${describeOutcome(payload.outcome)}` +
        (payload.durationSeconds > 0 ? ` after ${describeDuration(payload.durationSeconds * 1000)}` : '') +
        (payload.carrierErrorCode === undefined ? '' : ` (carrier’s code ${payload.carrierErrorCode})`),
    ),
  ),
  telling(RecordingStored, (payload) =>
    of(payload, `The recording is stored, ${describeDuration(payload.durationSeconds * 1000)}`),
  ),
  telling(RecordingExpired, (payload) => of(payload, 'The recording is deleted: its time was over')),
  telling(RecordingMissing, (payload) => of(payload, `There is no recording: ${payload.reason}`)),
  telling(RecordingTranscribed, (payload) =>
    of(
      payload,
      payload.text === '' ? 'The customer said nothing' : `The customer said: ${quote(maskAccessCodes(payload.text))}`,
    ),
  ),
  telling(TranscriptionFailed, (payload) => of(payload, `The recording cannot be understood: ${payload.detail}`)),
  telling(InstructionsExtracted, (payload) => of(payload, `Understood: ${describeWishes(payload.instructions)}`)),
  telling(InstructionsCorrected, (payload) =>
    of(payload, `A person says what was meant: ${describeWishes(payload.instructions)}`),
  ),
];
