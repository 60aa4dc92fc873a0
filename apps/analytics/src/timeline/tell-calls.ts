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

/** Timeline lines of calls, recordings and the instructions extracted from them. */
export const CALL_TELLINGS = [
  telling(CallPlanned, (payload) =>
    of(payload, `Call ${payload.attempt} planned for ${describeInstant(payload.at)}: ${payload.reason}`),
  ),
  telling(CallWithheld, (payload) =>
    // `hung_up_early` applies only after a call that the customer ended.
    of(payload, `${payload.rule === 'hung_up_early' ? 'No further call' : 'No call is made'}: ${payload.detail}`),
  ),
  telling(CallRequested, (payload) => of(payload, `Called ${maskPhone(payload.phone)}, attempt ${payload.attempt}`)),
  telling(CallPlaced, (payload) => of(payload, 'The carrier accepted the call')),
  telling(CustomerTextRequested, (payload) => of(payload, `Asked by text, as ${TEXT_REASONS[payload.reason]}`)),
  telling(MessageReceived, (payload) => of(payload, `The customer wrote: ${quote(maskAccessCodes(payload.text))}`)),
  telling(CallReceived, (payload) => of(payload, 'The customer called back')),
  telling(CallRefused, (payload) =>
    of(
      payload,
      `Not called: ${payload.detail}${payload.nextAllowedAt ? `; allowed from ${describeInstant(payload.nextAllowedAt)}` : ''}`,
    ),
  ),
  telling(CallAnswered, (payload) => of(payload, 'The call was picked up')),
  telling(CallCancelRequested, (payload) =>
    of(payload, payload.beforeDialing ? 'The call was canceled before it was placed' : 'The call was canceled'),
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
  telling(RecordingExpired, (payload) => of(payload, 'The recording was deleted: its retention period ended')),
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
    of(payload, `Corrected by a person: ${describeWishes(payload.instructions)}`),
  ),
];
