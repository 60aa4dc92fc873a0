import type { CustomerOnLine, Speech } from '../personas/personas.module.js';
import type { Recognised } from '../recognition/recognition.module.js';
import { callParameters } from './call-parameters.js';
import type { CallClock } from './call-clock.js';
import type { CallRecord } from '../call-book/call-book.module.js';
import type { CallRecordings } from './call-recordings.js';
import type { CallWorld } from './call-world.js';

/** An answered call: who is on it, its time, and what is said on it. The verbs work on this. */
export class CallLine {
  constructor(
    readonly world: CallWorld,
    readonly call: CallRecord,
    readonly clock: CallClock,
    readonly recordings: CallRecordings,
    readonly customer: CustomerOnLine,
  ) {}

  parameters(): Record<string, string> {
    return callParameters(this.call, this.world.config.accountSid);
  }

  /** Our side says `text`, which takes `lengthMs`, and the customer takes it in. */
  sayToCustomer(text: string, lengthMs: number): Promise<void> {
    this.customer.listen(text);
    return this.playPrompt(text, lengthMs, 1);
  }

  /** Our side says `text`; the customer cuts in (or hangs up) when `share` of it was heard. */
  async playPrompt(text: string, lengthMs: number, share: number): Promise<void> {
    const atMs = this.clock.elapsedMs;
    try {
      await this.clock.wait(lengthMs * share);
    } finally {
      const heardMs = this.clock.elapsedMs - atMs;
      const heard = lengthMs === 0 ? 1 : Math.min(share, heardMs / lengthMs);
      this.world.ledger.append({
        type: 'call.heard',
        callSid: this.call.sid,
        atMs: Math.round(atMs),
        text,
        share: Math.round(heard * 100) / 100,
      });
    }
  }

  /**
   * The customer says something.
   * @param listening the language of the Gather that listens; null when nobody does
   * @returns what was recognised; null when nobody listened
   */
  async customerSays(speech: Speech, listening: string | null): Promise<Recognised | null> {
    const atMs = this.clock.elapsedMs;
    this.place('customer', speech);
    await this.clock.wait(speech.durationMs);
    const recognised = listening === null ? null : await this.recognise(speech, listening);
    this.world.ledger.append({
      type: 'call.said',
      callSid: this.call.sid,
      atMs: Math.round(atMs),
      utterance: speech.id,
      text: speech.text,
      recognised: recognised?.text ?? null,
      confidence: recognised?.confidence ?? null,
    });
    return recognised;
  }

  pressed(digits: string, gathered: boolean): void {
    const atMs = Math.round(this.clock.elapsedMs);
    this.world.ledger.append({ type: 'call.pressed', callSid: this.call.sid, atMs, digits, gathered });
  }

  warn(code: number, message: string): void {
    this.world.ledger.append({ type: 'call.warning', callSid: this.call.sid, code, message });
  }

  /** Puts a sound into the call's time, for the recordings. */
  place(side: 'customer' | 'ours', speech: Speech): void {
    if (speech.file === undefined) return;
    this.recordings.sounds.push({
      side,
      atMs: this.clock.elapsedMs,
      file: speech.file,
      fromMs: 0,
      lengthMs: speech.durationMs,
    });
  }

  private async recognise(speech: Speech, language: string): Promise<Recognised> {
    const { text, confidence } = speech;
    if (confidence !== undefined) return { text, confidence };
    const wav = speech.file === undefined ? undefined : this.world.voices.read(speech.file);
    try {
      return await this.clock.spend(
        this.world.recogniser.recognise({ id: speech.id, text: speech.text, wav }, language),
      );
    } catch (error) {
      // As at Twilio, speech that could not be recognised is no result; it is never the recogniser's error message.
      this.world.log.error({ err: error, callSid: this.call.sid, utterance: speech.id }, 'The recogniser failed.');
      this.warn(13_335, 'Speech could not be recognised.');
      return { text: '', confidence: 0 };
    }
  }
}
