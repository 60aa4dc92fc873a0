import type { LegalBasis } from '#libs/contracts/index.js';
import type { VoiceFlowContext } from '#libs/domain/voice-flow/index.js';
import type { CallLog } from '../call-log/call-log.module.js';

/**
 * Maximum duration of a call by its legal basis. A voice call with a delivery notice is limited to one minute (47 CFR
 * 64.1200(a)(9)(i)). With consent, the limit only has to allow a whole conversation.
 */
const MAX_CALL_SECONDS = { delivery_notice: 60, consent: 240 } as const satisfies Record<LegalBasis, number>;

/**
 * Maps a call log to the context of its voice flow. Consent to record is always requested: not every jurisdiction
 * requires it, none forbids it, and the place where the customer answers the phone is unknown.
 */
export function toVoiceFlowContext(
  { request, call, conversation, ringBackOf }: CallLog,
  now: Date,
  loadReader: VoiceFlowContext['loadReader'],
): VoiceFlowContext {
  const { answeredAt } = call.facts;
  return {
    organizationName: request.organizationName,
    customerName: request.customerName,
    parcel: request.parcelDescription,
    planned: toInterval(request.window),
    loadReader,
    zone: request.zone,
    language: request.language,
    recordConsentNeeded: true,
    mayRecord: request.mayRecord,
    pauseForCodes: request.pauseForCodes,
    isRecorded: conversation?.recordingStarted,
    transferNumber: request.transferNumber,
    offeredSlots: request.alternativeWindows.map((window, index) => ({
      id: `slot-${index + 1}`,
      window: toInterval(window),
    })),
    now,
    // A customer who calls DelAuto has consented to the call.
    maxCallSeconds: MAX_CALL_SECONDS[ringBackOf === undefined ? request.legalBasis : 'consent'],
    customerCalled: ringBackOf !== undefined,
    elapsedSeconds: answeredAt === null ? 0 : Math.max(0, (now.getTime() - Date.parse(answeredAt)) / 1000),
  };
}

const toInterval = ({ start, end }: { start: string; end: string }): { start: Date; end: Date } => ({
  start: new Date(start),
  end: new Date(end),
});
