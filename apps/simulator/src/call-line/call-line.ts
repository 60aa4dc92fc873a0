import type { CustomerOnLine, Speech } from '../personas/personas.module.js';
import type { RecognizedSpeech } from '../recognition/recognition.module.js';
import { toCallParameters } from './call-parameters.js';
import type { CallClock } from './call-clock.js';
import type { CallRecord } from '../call-book/call-book.module.js';
import type { CallRecordings } from './call-recordings.js';
import type { CallServices } from './call-services.js';

/** An answered call, on which the TwiML verbs act: its customer, its clock and its recordings. */
export class CallLine {
  constructor(
    readonly services: CallServices,
    readonly call: CallRecord,
    readonly clock: CallClock,
    readonly recordings: CallRecordings,
    readonly customer: CustomerOnLine,
  ) {}

  /** Returns the parameters of a voice webhook about this call. */
  toParameters(): Record<string, string> {
    return toCallParameters(this.call, this.services.config.accountSid);
  }

  /** Plays a prompt of `lengthMs` to its end. The customer remembers it for the next response. */
  sayToCustomer(text: string, lengthMs: number): Promise<void> {
    this.customer.listen(text);
    return this.playPrompt(text, lengthMs, 1);
  }

  /** Plays a prompt until the customer barges in or hangs up, after `share` (0 to 1) of it. */
  async playPrompt(text: string, lengthMs: number, share: number): Promise<void> {
    const atMs = this.clock.elapsedMs;
    try {
      await this.clock.wait(lengthMs * share);
    } finally {
      const heardMs = this.clock.elapsedMs - atMs;
      const heardShare = lengthMs === 0 ? 1 : Math.min(share, heardMs / lengthMs);
      this.services.ledger.append({
        type: 'call.heard',
        callSid: this.call.sid,
        atMs: Math.round(atMs),
        text,
        share: Math.round(heardShare * 100) / 100,
      });
    }
  }

  /**
   * Plays the customer's speech and lets the Gather recognize it.
   * @param gatherLanguage the language of the Gather that listens; null if no Gather listens
   * @returns the recognized speech; null if no Gather listened
   */
  async letCustomerSpeak(speech: Speech, gatherLanguage: string | null): Promise<RecognizedSpeech | null> {
    const atMs = this.clock.elapsedMs;
    this.placeSound('customer', speech);
    await this.clock.wait(speech.durationMs);
    const recognition = gatherLanguage === null ? null : await this.recognizeSpeech(speech, gatherLanguage);
    this.services.ledger.append({
      type: 'call.said',
      callSid: this.call.sid,
      atMs: Math.round(atMs),
      utterance: speech.id,
      text: speech.text,
      recognised: recognition?.text ?? null,
      confidence: recognition?.confidence ?? null,
    });
    return recognition;
  }

  /**
   * Appends pressed keys to the ledger.
   * @param gathered whether the current verb accepted them
   */
  recordKeys(digits: string, gathered: boolean): void {
    const atMs = Math.round(this.clock.elapsedMs);
    this.services.ledger.append({ type: 'call.pressed', callSid: this.call.sid, atMs, digits, gathered });
  }

  /** Appends a warning of Twilio's debugger to the ledger. */
  warn(code: number, message: string): void {
    this.services.ledger.append({ type: 'call.warning', callSid: this.call.sid, code, message });
  }

  /** Adds a sound at the current time of the call, for its recordings. `ours` is DelAuto's side. */
  placeSound(side: 'customer' | 'ours', speech: Speech): void {
    if (speech.file === undefined) return;
    this.recordings.sounds.push({
      side,
      atMs: this.clock.elapsedMs,
      file: speech.file,
      fromMs: 0,
      lengthMs: speech.durationMs,
    });
  }

  private async recognizeSpeech(speech: Speech, language: string): Promise<RecognizedSpeech> {
    const { text, confidence } = speech;
    if (confidence !== undefined) return { text, confidence };
    const wav = speech.file === undefined ? undefined : this.services.voices.read(speech.file);
    try {
      return await this.clock.countRealTime(
        this.services.recognizer.recognize({ id: speech.id, text: speech.text, wav }, language),
      );
    } catch (error) {
      // Twilio reports a failed recognition as an empty result.
      this.services.log.error(
        { err: error, callSid: this.call.sid, utterance: speech.id },
        'Speech recognition failed',
      );
      this.warn(13_335, 'Speech could not be recognized.');
      return { text: '', confidence: 0 };
    }
  }
}
