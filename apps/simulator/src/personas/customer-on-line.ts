import { estimateSpeakingTimeMs, type VoiceLibrary } from '../audio/audio.module.js';
import { findUtterance, type Customer } from './customer-book.js';
import { EMPTY_MEMORY, react, type Memory, type Response } from './react.js';

/** An utterance of a customer, as it is played into a call. */
export interface Speech {
  readonly id: string;
  readonly text: string;
  /** Simulated ms. */
  readonly durationMs: number;
  /** The confidence of the recognition; undefined if the recognizer determines it. */
  readonly confidence?: number | undefined;
  /** The voice file; undefined for text without a voice, which is silent in recordings. */
  readonly file: string | undefined;
}

/** A customer during one call, who remembers the prompts since their last response and the questions so far. */
export class CustomerOnLine {
  private memory: Memory = EMPTY_MEMORY;
  private unansweredPrompts: string[] = [];

  constructor(
    readonly customer: Customer,
    private readonly voices: VoiceLibrary,
    /** Whether an answering machine took the call. A machine never responds. */
    private readonly isMachine: boolean,
  ) {}

  /** Remembers a prompt until the next response. */
  listen(text: string): void {
    this.unansweredPrompts.push(text);
  }

  /** Decides what the customer does when a response is expected. */
  respond(): Response {
    if (this.isMachine) return { kind: 'silent' };
    const { response, memory } = react(this.customer.persona, this.memory, this.unansweredPrompts.join(' '));
    this.memory = memory;
    this.unansweredPrompts = [];
    return response;
  }

  get thinksMs(): number {
    return this.customer.persona.thinksMs;
  }

  get bargeInShare(): number | undefined {
    return this.customer.persona.bargeInShare;
  }

  /** Creates the speech for a slot, or for a name that is itself an utterance. */
  toSpeech(slot: string, confidence?: number): Speech {
    const utterance = findUtterance(this.customer, slot);
    const speechWithoutVoice = {
      id: slot,
      text: utterance,
      durationMs: estimateSpeakingTimeMs(utterance),
      file: undefined,
    };
    return confidence === undefined
      ? (this.voices.get(utterance) ?? speechWithoutVoice)
      : { ...speechWithoutVoice, confidence };
  }
}
