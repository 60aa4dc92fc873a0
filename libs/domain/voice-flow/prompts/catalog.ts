import type { Interval } from '#libs/domain/time/index.js';

/**
 * The prompts of one language. To add a language, add a file that implements this interface. `…Question` asks, `…Keys`
 * states the words and keys that answer the question, and `…Confirm` repeats an uncertain answer and asks whether it
 * is correct.
 */
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
  noOpenQuestion: string;
  recordingNotice: string;
  /** States the key that opts out. */
  optOutHint: string;
  consentQuestion: string;
  consentKeys: string;
  presenceQuestion: string;
  presenceKeys: string;
  presenceConfirm(value: boolean): string;
  /** Offers the alternative delivery windows (slots) that follow it. */
  slotsQuestion: string;
  slotOption(key: number, window: string): string;
  /** The option to keep the planned window. */
  slotNoneOption(key: number): string;
  slotConfirm(window: string): string;
  /** Asks where to leave the parcel. */
  placementQuestion: string;
  placementKeys: string;
  /** States the key for leaving the agent a spoken message. */
  messageKey: string;
  /** Asks the customer to speak the message after the tone. */
  messageInvitation: string;
  instructionsQuestion: string;
  /** Instructions question when the access code is asked in a separate turn. */
  instructionsWithoutCode: string;
  codeQuestion: string;
  /** Repeats the instructions before the customer confirms them. `words` are the customer's own. */
  readBack(parameters: {
    presence?: boolean | undefined;
    place?: 'front_door' | 'neighbour' | undefined;
    words?: string | undefined;
    messageLeft: boolean;
  }): string;
  confirmKeys: string;
  notUnderstood: string;
  nothingHeard: string;
  /** Agrees to wait, for a customer who asked to. */
  waiting: string;
  /** For call screeners, and callees who ask who is calling. */
  whoIsCalling(parameters: { organizationName: string; parcel?: string | undefined }): string;
  /** Precedes the transfer of a customer who asked for a person. */
  transferring: string;
  /** Announces a dispatcher who takes the call over. */
  takingOver: string;
  /** No dispatcher answered the transfer. */
  nobodyFree: string;
  /** For an internal error during the call. */
  outOfOrder: string;
  rescheduled(window: string): string;
  thanks: string;
  /** Promises a text that asks the questions that are still open. */
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
