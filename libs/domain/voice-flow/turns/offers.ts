import type { OfferedSlot, VoiceFlowContext } from '../model/types.js';

/** Maximum number of offered slots. */
const MAX_SLOTS = 3;
/** A call with a lower `maxCallSeconds` has no time for a spoken message. */
const MIN_CALL_SECONDS_FOR_MESSAGE = 120;

/** Whether the access code is asked in a separate turn, so that the recording can pause for it. */
export const asksForCode = ({ pauseForCodes = false, isRecorded = false }: VoiceFlowContext): boolean =>
  pauseForCodes && isRecorded;

/**
 * Whether the customer may leave a spoken message: the call has time for it, and the organization permits recording.
 */
export const canLeaveMessage = ({
  maxCallSeconds = MIN_CALL_SECONDS_FOR_MESSAGE,
  mayRecord = true,
}: VoiceFlowContext): boolean => mayRecord && maxCallSeconds >= MIN_CALL_SECONDS_FOR_MESSAGE;

/** Returns the slots to offer, at most three. */
export const getOfferedSlots = (context: VoiceFlowContext): readonly OfferedSlot[] =>
  context.offeredSlots.slice(0, MAX_SLOTS);
