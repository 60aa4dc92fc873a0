import { PROMPTS, type PromptCatalog } from '../prompts/index.js';
import type { OfferedSlot, SayVerb, VoiceFlowContext, VoiceFlowState } from '../model/types.js';

/** Builds prompts in the language of the state. */
export class Speaker {
  readonly prompts: PromptCatalog;

  constructor(
    private readonly context: VoiceFlowContext,
    private readonly state: VoiceFlowState,
  ) {
    this.prompts = PROMPTS[state.language];
  }

  say(promptKey: string, text: string): SayVerb {
    return { kind: 'say', promptKey, text, language: this.state.language };
  }

  /** The planned window with its date. */
  get plannedWindow(): string {
    return this.prompts.window(this.context.planned, this.context.zone);
  }

  /** The planned window as short as it is clear. */
  get shortPlannedWindow(): string {
    return this.prompts.shortWindow(this.context.planned, this.context.zone, this.context.now);
  }

  /** The window of a slot with its date. */
  window(slot: OfferedSlot): string {
    return this.prompts.window(slot.window, this.context.zone);
  }

  /** The window of a slot as short as it is clear. */
  shortWindow(slot: OfferedSlot): string {
    return this.prompts.shortWindow(slot.window, this.context.zone, this.context.now);
  }
}
