import type { Interval } from '#libs/domain/time/index.js';

/** The prompts of one language. A further language is one more file of this shape. */
export interface PromptCatalogue {
  greeting(said: {
    customerName?: string | undefined;
    organizationName: string;
    parcel?: string | undefined;
    window: string;
  }): string;
  /** To a customer who rings us. */
  ringBackGreeting(said: {
    customerName?: string | undefined;
    organizationName: string;
    parcel?: string | undefined;
    window: string;
  }): string;
  /** To a caller of whom we want nothing (any more). */
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
  /** Where a spoken message can be left. */
  messageKey: string;
  messageInvitation: string;
  instructionsQuestion: string;
  /** Where the code is asked for by itself. */
  instructionsWithoutCode: string;
  codeQuestion: string;
  readBack(said: {
    presence?: boolean | undefined;
    place?: 'front_door' | 'neighbour' | undefined;
    words?: string | undefined;
    messageLeft: boolean;
  }): string;
  confirmKeys: string;
  notUnderstood: string;
  nothingHeard: string;
  waiting: string;
  /** To a screener, or to whoever asks who is calling. */
  whoIsCalling(said: { organizationName: string; parcel?: string | undefined }): string;
  transferring: string;
  /** A person wants to talk to them. */
  takingOver: string;
  nobodyFree: string;
  /** When something of ours broke during the call. */
  outOfOrder: string;
  rescheduled(window: string): string;
  thanks: string;
  followUp: string;
  optedOut: string;
  voicemail(said: {
    organizationName: string;
    parcel?: string | undefined;
    window: string;
    callbackNumber?: string | undefined;
  }): string;
  /** Words the recogniser should expect. */
  hints: { yesNo: readonly string[]; placement: readonly string[] };
  /** A window as it is spoken. */
  window(interval: Interval, zone: string): string;
}
