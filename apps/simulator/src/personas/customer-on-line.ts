import { speakingTimeMs, type VoiceLibrary } from '../audio/audio.module.js';
import { utteranceFor, type Customer } from './customer-book.js';
import { EMPTY_MEMORY, react, type Memory, type Response } from './react.js';

/** Speech of a customer. */
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

/** A customer during one call: the prompts since their last response, and their memory of the call. */
export class CustomerOnLine {
  private memory: Memory = EMPTY_MEMORY;
  private heard: string[] = [];

  constructor(
    readonly customer: Customer,
    private readonly voices: VoiceLibrary,
    /** Whether an answering machine took the call. A machine never responds. */
    private readonly isMachine: boolean,
  ) {}

  /** Remembers a prompt until the next response. */
  listen(text: string): void {
    this.heard.push(text);
  }

  /** Decides what the customer does when a response is expected. */
  respond(): Response {
    if (this.isMachine) return { kind: 'silent' };
    const { response, memory } = react(this.customer.persona, this.memory, this.heard.join(' '));
    this.memory = memory;
    this.heard = [];
    return response;
  }

  get thinksMs(): number {
    return this.customer.persona.thinksMs;
  }

  get bargeInShare(): number | undefined {
    return this.customer.persona.bargeInShare;
  }

  speech(slot: string, confidence?: number): Speech {
    const name = utteranceFor(this.customer, slot);
    const spoken = { id: slot, text: name, durationMs: speakingTimeMs(name), file: undefined };
    return confidence === undefined ? (this.voices.get(name) ?? spoken) : { ...spoken, confidence };
  }
}
