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
import { toDeliveryLine, defineDescriber } from './line.js';
import {
  describeDuration,
  describeInstant,
  describeInstructions,
  describeOutcome,
  maskPhone,
  quote,
} from './format.js';

/** Reasons why the customer is sent a text. */
const TEXT_REASONS = {
  unreachable: 'no call reached the customer',
  not_called: 'the customer is not called',
  follow_up: 'promised in the call',
  confirm_refusal: 'it asks whether to send the parcel back',
  confirm_reschedule: 'it asks whether to deliver at another time',
} as const;

/** Describers of events about calls, recordings and the instructions extracted from them. */
export const CALL_DESCRIBERS = [
  defineDescriber(CallPlanned, (payload) =>
    toDeliveryLine(payload, `Call ${payload.attempt} planned for ${describeInstant(payload.at)}: ${payload.reason}`),
  ),
  defineDescriber(CallWithheld, (payload) =>
    // `hung_up_early` always follows an earlier call; the other rules may withhold the first one.
    toDeliveryLine(
      payload,
      `${payload.rule === 'hung_up_early' ? 'No further call' : 'No call is made'}: ${payload.detail}`,
    ),
  ),
  defineDescriber(CallRequested, (payload) =>
    toDeliveryLine(payload, `Call to ${maskPhone(payload.phone)} requested, attempt ${payload.attempt}`),
  ),
  defineDescriber(CallPlaced, (payload) => toDeliveryLine(payload, 'The carrier accepted the call')),
  defineDescriber(CustomerTextRequested, (payload) =>
    toDeliveryLine(payload, `Text to the customer requested: ${TEXT_REASONS[payload.reason]}`),
  ),
  defineDescriber(MessageReceived, (payload) =>
    toDeliveryLine(payload, `The customer wrote: ${quote(maskAccessCodes(payload.text))}`),
  ),
  defineDescriber(CallReceived, (payload) => toDeliveryLine(payload, 'The customer called back')),
  defineDescriber(CallRefused, (payload) =>
    toDeliveryLine(
      payload,
      `Not called: ${payload.detail}${payload.nextAllowedAt ? `; allowed from ${describeInstant(payload.nextAllowedAt)}` : ''}`,
    ),
  ),
  defineDescriber(CallAnswered, (payload) => toDeliveryLine(payload, 'The call was picked up')),
  defineDescriber(CallCancelRequested, (payload) =>
    toDeliveryLine(
      payload,
      payload.beforeDialing ? 'The call was canceled before it was placed' : 'The call was canceled',
    ),
  ),
  defineDescriber(CallIntervened, (payload) =>
    toDeliveryLine(
      payload,
      payload.action === 'end' ? 'A dispatcher ended the call' : 'A dispatcher took the call over',
    ),
  ),
  defineDescriber(CallDecisionMade, (payload) =>
    toDeliveryLine(payload, `Instructions given in the call: ${describeInstructions(payload.instructions)}`),
  ),
  defineDescriber(CallCompleted, (payload) =>
    toDeliveryLine(
      payload,
      `The call ended: ${describeOutcome(payload.outcome)}` +
        (payload.durationSeconds > 0 ? ` after ${describeDuration(payload.durationSeconds * 1000)}` : '') +
        (payload.carrierErrorCode === undefined ? '' : ` (carrier error ${payload.carrierErrorCode})`),
    ),
  ),
  defineDescriber(RecordingStored, (payload) =>
    toDeliveryLine(payload, `The recording is stored, ${describeDuration(payload.durationSeconds * 1000)}`),
  ),
  defineDescriber(RecordingExpired, (payload) =>
    toDeliveryLine(payload, 'The recording was deleted: its retention period ended'),
  ),
  defineDescriber(RecordingMissing, (payload) => toDeliveryLine(payload, `There is no recording: ${payload.reason}`)),
  defineDescriber(RecordingTranscribed, (payload) =>
    toDeliveryLine(
      payload,
      payload.text === '' ? 'The customer said nothing' : `The customer said: ${quote(maskAccessCodes(payload.text))}`,
    ),
  ),
  defineDescriber(TranscriptionFailed, (payload) =>
    toDeliveryLine(payload, `The recording could not be transcribed: ${payload.detail}`),
  ),
  defineDescriber(InstructionsExtracted, (payload) =>
    toDeliveryLine(payload, `Instructions extracted: ${describeInstructions(payload.instructions)}`),
  ),
  defineDescriber(InstructionsCorrected, (payload) =>
    toDeliveryLine(payload, `Instructions corrected by a person: ${describeInstructions(payload.instructions)}`),
  ),
];
