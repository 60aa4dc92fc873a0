import type { Interval } from '#libs/domain/time/index.js';

/** What was noted and is repeated before the customer confirms it. */
export interface Noted {
  readonly presence?: boolean | undefined;
  /** Whether the customer does not know if someone will be there. */
  readonly isUndecided?: boolean | undefined;
  /** Who else will be there, as said to the customer: "your wife". */
  readonly person?: string | undefined;
  readonly place?: 'front_door' | 'neighbour' | undefined;
  /** The place in the customer's words, with its preposition: "on the back porch". */
  readonly placeWords?: string | undefined;
  /** The place that is ruled out, in the customer's words, with its preposition. */
  readonly excludedWords?: string | undefined;
  readonly codeNoted?: boolean | undefined;
  readonly messageLeft?: boolean | undefined;
  /** Words that are passed on as they are. */
  readonly words?: string | undefined;
}

/** Why the customer is asked for a place. `fallback`: someone will be there, but the organization wants one as well. */
export type PlacementReason = 'absent' | 'undecided' | 'fallback';

interface Names {
  readonly customerName?: string | undefined;
  readonly organizationName: string;
  readonly parcel?: string | undefined;
}

/**
 * The prompts of one language, written for the ear: short sentences, the question at the end. To add a language, add a
 * file that implements this interface. A question is asked without its keys; `…Again` asks it in other words and names
 * them, after an answer that was not understood and when the customer asks to repeat it.
 */
export interface PromptCatalog {
  /** Who calls and why. With the opt-out and the question of recording at most 30 words. */
  greeting(names: Names): string;
  /** Greeting of an inbound callback. */
  ringBackGreeting(names: Names): string;
  /** For an inbound callback when no delivery of the caller has an open question. */
  noOpenQuestion: string;
  recordingNotice: string;
  /** States the key that opts out. */
  optOutHint: string;
  consentQuestion: string;
  consentAgain: string;
  /** Acknowledges the consent to record. */
  recordingStarts: string;
  /** Acknowledges that the call is not recorded. */
  notRecorded: string;
  /** The open question: will someone be there, or where should the parcel be left? */
  presenceQuestion(window: string): string;
  presenceAgain(window: string, offers: { canReschedule: boolean }): string;
  /** The open question once more, for what is missing or was wrong. */
  correctionQuestion: string;
  /** Apologizes for what was read back wrongly. */
  correcting: string;
  /** Acknowledges an answer that leaves the question open. */
  noted: string;
  /** Asks whether someone will be there, after an unsure answer. */
  presenceCheck: string;
  presenceCheckAgain: string;
  refusalConfirm: string;
  refusalAgain: string;
  /** Offers other delivery windows (slots). */
  slotsQuestion(windows: readonly string[]): string;
  slotOption(key: number, window: string): string;
  /** The option to keep the planned window. */
  slotNoneOption(key: number): string;
  slotConfirm(window: string): string;
  slotConfirmAgain(window: string): string;
  /** Asks where to leave the parcel. */
  placementQuestion(reason: PlacementReason, offers: { canReschedule: boolean }): string;
  placementAgain(reason: PlacementReason, offers: { canReschedule: boolean; canLeaveMessage: boolean }): string;
  /** Asks the customer to speak the message after the tone. */
  messageInvitation: string;
  /** Asks which neighbor or which place, after the key for it. */
  instructionsQuestion(place: 'neighbour' | 'spoken'): string;
  instructionsAgain(place: 'neighbour' | 'spoken'): string;
  codeQuestion: string;
  codeAgain: string;
  /** Repeats in one sentence what was noted, and asks whether it is right. */
  readBack(noted: Noted): string;
  readBackAgain(noted: Noted): string;
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
  wrongNumber: string;
  refused: string;
  voicemail(parameters: {
    organizationName: string;
    parcel?: string | undefined;
    window: string;
    callbackNumber?: string | undefined;
  }): string;
  /** Words that the speech recognizer should expect. */
  hints: { yesNo: readonly string[]; placement: readonly string[] };
  /** A delivery window as spoken, with its date, in the given IANA zone. */
  window(interval: Interval, zone: string): string;
  /**
   * A delivery window as short as it is clear: "today, 2 to 4 PM".
   * @param now the time of the call; without it, the date is spoken
   */
  shortWindow(interval: Interval, zone: string, now?: Date): string;
}
