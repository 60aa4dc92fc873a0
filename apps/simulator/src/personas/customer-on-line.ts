import { sayingMs, type VoiceLibrary } from '../audio/audio.module.js';
import { utteranceFor, type Customer } from './customer-book.js';
import { freshMemory, react, type Memory, type Response } from './react.js';

/** Words ready to be spoken. */
export interface Speech {
  readonly id: string;
  readonly text: string;
  /** Simulated ms. */
  readonly durationMs: number;
  /** How sure the recogniser is to be; undefined where it is asked. */
  readonly confidence?: number | undefined;
  /** The voice file; undefined for words without one, which are silent on the recording. */
  readonly file: string | undefined;
}

/** One customer during one call: what was heard since they last answered, and what they remember of the call. */
export class CustomerOnLine {
  private memory: Memory = freshMemory;
  private heard: string[] = [];

  constructor(
    readonly customer: Customer,
    private readonly voices: VoiceLibrary,
    /** A machine answers nothing. */
    private readonly isMachine: boolean,
  ) {}

  /** Takes in what our side said. */
  listen(text: string): void {
    this.heard.push(text);
  }

  /** What the customer does now that an answer is expected. */
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

  get cutsInAt(): number | undefined {
    return this.customer.persona.cutsInAt;
  }

  speech(slot: string, confidence?: number): Speech {
    const name = utteranceFor(this.customer, slot);
    const spoken = { id: slot, text: name, durationMs: sayingMs(name), file: undefined };
    return confidence === undefined ? (this.voices.get(name) ?? spoken) : { ...spoken, confidence };
  }
}
