import type { Interval } from '#libs/domain/time/index.js';

/** The prompts of one language. To add a language, add a file that implements this interface. */
export interface PromptCatalog {
  greeting(parameters: {
    customerName?: string | undefined;
    organizationName: string;
    parcel?: string | undefined;
    window: string;
  }): string;
  /** Greeting of an inbound callback. */
  ringBackGreeting(parameters: {
    customerName?: string | undefined;
    organizationName: string;
    parcel?: string | undefined;
    window: string;
  }): string;
  /** For an inbound callback when no delivery of the caller has an open question. */
  nothingToSettle: string;
  recordingNotice: string;
  optOutHint: string;
  consentQuestion: string;
  consentKeys: string;
  presenceQuestion: string;
  presenceKeys: string;
  presenceConfirm(value: boolean): string;
  slotsQuestion: string;
  slotOption(key: number, window: string): string;
  slotNoneOption(key: number): string;
  slotConfirm(window: string): string;
  placementQuestion: string;
  placementKeys: string;
  /** Offers to leave a spoken message. */
  messageKey: string;
  messageInvitation: string;
  instructionsQuestion: string;
  /** Instructions question when the access code is asked in a separate turn. */
  instructionsWithoutCode: string;
  codeQuestion: string;
  readBack(parameters: {
    presence?: boolean | undefined;
    place?: 'front_door' | 'neighbour' | undefined;
    words?: string | undefined;
    messageLeft: boolean;
  }): string;
  confirmKeys: string;
  notUnderstood: string;
  nothingHeard: string;
  waiting: string;
  /** For call screeners, and callees who ask who is calling. */
  whoIsCalling(parameters: { organizationName: string; parcel?: string | undefined }): string;
  transferring: string;
  /** Announces a dispatcher who takes the call over. */
  takingOver: string;
  nobodyFree: string;
  /** For an internal error during the call. */
  outOfOrder: string;
  rescheduled(window: string): string;
  thanks: string;
  followUp: string;
  optedOut: string;
  voicemail(parameters: {
    organizationName: string;
    parcel?: string | undefined;
    window: string;
    callbackNumber?: string | undefined;
  }): string;
  /** Words that the speech recognizer should expect. */
  hints: { yesNo: readonly string[]; placement: readonly string[] };
  /** A delivery window as spoken, in the given IANA zone. */
  window(interval: Interval, zone: string): string;
}
