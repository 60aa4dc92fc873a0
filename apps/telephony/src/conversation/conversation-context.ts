import type { LegalBasis } from '#libs/contracts/index.js';
import type { VoiceFlowContext } from '#libs/domain/voice-flow/index.js';
import type { CallLog } from '../call-log/call-log.module.js';

/**
 * How long a call may last on its legal basis: as a notice about a delivery voice is limited to a minute (47 CFR
 * 64.1200(a)(9)(i)), with consent only by what a conversation needs.
 */
const MAX_CALL_SECONDS = { delivery_notice: 60, consent: 240 } as const satisfies Record<LegalBasis, number>;

/**
 * What the call is about. Consent to record is always asked: not every place asks for it, but none forbids it, and where
 * the customer is when the phone rings is a guess.
 */
export function contextOf({ request, call, conversation, ringBackOf }: CallLog, now: Date): VoiceFlowContext {
  const { answeredAt } = call.facts;
  return {
    organizationName: request.organizationName,
    customerName: request.customerName,
    parcel: request.parcelDescription,
    planned: intervalOf(request.window),
    zone: request.zone,
    language: request.language,
    recordConsentNeeded: true,
    mayRecord: request.mayRecord,
    pauseForCodes: request.pauseForCodes,
    isRecorded: conversation?.recordingStarted,
    transferNumber: request.transferNumber,
    offeredSlots: request.alternativeWindows.map((window, index) => ({
      id: `slot-${index + 1}`,
      window: intervalOf(window),
    })),
    now,
    // Who rings us has asked for the call.
    maxCallSeconds: MAX_CALL_SECONDS[ringBackOf === undefined ? request.legalBasis : 'consent'],
    customerCalled: ringBackOf !== undefined,
    elapsedSeconds: answeredAt === null ? 0 : Math.max(0, (now.getTime() - Date.parse(answeredAt)) / 1000),
  };
}

const intervalOf = ({ start, end: until }: { start: string; end: string }): { start: Date; end: Date } => ({
  start: new Date(start),
  end: new Date(until),
});
