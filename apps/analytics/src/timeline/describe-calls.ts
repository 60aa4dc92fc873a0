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
import { deliveryLine, describer } from './line.js';
import {
  describeDuration,
  describeInstant,
  describeInstructions,
  describeOutcome,
  maskPhone,
  quote,
} from './format.js';

const TEXT_REASONS = {
  unreachable: 'no call reached the customer',
  not_called: 'the customer is not called',
  follow_up: 'promised in the call',
} as const;

/** Timeline lines of calls, recordings and the instructions extracted from them. */
export const CALL_DESCRIBERS = [
  describer(CallPlanned, (payload) =>
    deliveryLine(payload, `Call ${payload.attempt} planned for ${describeInstant(payload.at)}: ${payload.reason}`),
  ),
  describer(CallWithheld, (payload) =>
    // `hung_up_early` always follows an earlier call; the other rules may withhold the first one.
    deliveryLine(
      payload,
      `${payload.rule === 'hung_up_early' ? 'No further call' : 'No call is made'}: ${payload.detail}`,
    ),
  ),
  describer(CallRequested, (payload) =>
    deliveryLine(payload, `Call to ${maskPhone(payload.phone)} requested, attempt ${payload.attempt}`),
  ),
  describer(CallPlaced, (payload) => deliveryLine(payload, 'The carrier accepted the call')),
  describer(CustomerTextRequested, (payload) =>
    deliveryLine(payload, `Text to the customer requested: ${TEXT_REASONS[payload.reason]}`),
  ),
  describer(MessageReceived, (payload) =>
    deliveryLine(payload, `The customer wrote: ${quote(maskAccessCodes(payload.text))}`),
  ),
  describer(CallReceived, (payload) => deliveryLine(payload, 'The customer called back')),
  describer(CallRefused, (payload) =>
    deliveryLine(
      payload,
      `Not called: ${payload.detail}${payload.nextAllowedAt ? `; allowed from ${describeInstant(payload.nextAllowedAt)}` : ''}`,
    ),
  ),
  describer(CallAnswered, (payload) => deliveryLine(payload, 'The call was picked up')),
  describer(CallCancelRequested, (payload) =>
    deliveryLine(
      payload,
      payload.beforeDialing ? 'The call was canceled before it was placed' : 'The call was canceled',
    ),
  ),
  describer(CallIntervened, (payload) =>
    deliveryLine(payload, payload.action === 'end' ? 'A dispatcher ended the call' : 'A dispatcher took the call over'),
  ),
  describer(CallDecisionMade, (payload) =>
    deliveryLine(payload, `Instructions given in the call: ${describeInstructions(payload.instructions)}`),
  ),
  describer(CallCompleted, (payload) =>
    deliveryLine(
      payload,
      `The call ended: ${describeOutcome(payload.outcome)}` +
        (payload.durationSeconds > 0 ? ` after ${describeDuration(payload.durationSeconds * 1000)}` : '') +
        (payload.carrierErrorCode === undefined ? '' : ` (carrier error ${payload.carrierErrorCode})`),
    ),
  ),
  describer(RecordingStored, (payload) =>
    deliveryLine(payload, `The recording is stored, ${describeDuration(payload.durationSeconds * 1000)}`),
  ),
  describer(RecordingExpired, (payload) =>
    deliveryLine(payload, 'The recording was deleted: its retention period ended'),
  ),
  describer(RecordingMissing, (payload) => deliveryLine(payload, `There is no recording: ${payload.reason}`)),
  describer(RecordingTranscribed, (payload) =>
    deliveryLine(
      payload,
      payload.text === '' ? 'The customer said nothing' : `The customer said: ${quote(maskAccessCodes(payload.text))}`,
    ),
  ),
  describer(TranscriptionFailed, (payload) =>
    deliveryLine(payload, `The recording could not be transcribed: ${payload.detail}`),
  ),
  describer(InstructionsExtracted, (payload) =>
    deliveryLine(payload, `Instructions extracted: ${describeInstructions(payload.instructions)}`),
  ),
  describer(InstructionsCorrected, (payload) =>
    deliveryLine(payload, `Instructions corrected by a person: ${describeInstructions(payload.instructions)}`),
  ),
];
