import { Injectable } from '@nestjs/common';
import { createSid, TwilioApiError } from '../twilio/twilio.module.js';
import { WebhookFailedError } from '../webhooks/webhooks.module.js';
import type { CallRecord } from '../call-book/call-book.module.js';
import { isFinal } from '../ledger/ledger.module.js';
import { type CallRequest, CallServices, parseDocument } from '../call-line/call-line.module.js';
import { type Form, getFormValue } from '../request-bodies/request-bodies.module.js';
import { CallSession, toStatusParameters } from './call-session.js';

/** Places calls and changes calls in progress. */
@Injectable()
export class Switchboard {
  private readonly sessions = new Map<string, CallSession>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly services: CallServices) {}

  /**
   * Places a call. When this resolves, the call is on disk in the ledger. Dialing continues in the background.
   * @param direction `inbound` if `request.from` is a customer who calls a number of DelAuto
   */
  async place(request: CallRequest, direction: 'outbound-api' | 'inbound' = 'outbound-api'): Promise<CallRecord> {
    const { ledger, calls } = this.services;
    const callSid = createSid('CA');
    ledger.append({
      type: 'call.created',
      callSid,
      to: request.to,
      from: request.from,
      direction,
      parentCallSid: null,
      attempt: request.attempt,
      statusCallback: request.statusCallback,
    });
    await ledger.flushed();
    const call = calls.get(callSid);
    if (call === undefined) throw new Error(`Call ${callSid} is missing after it was appended to the ledger.`);
    const session = new CallSession(this.services, call, request);
    this.sessions.set(callSid, session);
    const completion = session.run().finally(() => this.sessions.delete(callSid));
    this.running.add(completion);
    void completion.finally(() => this.running.delete(completion));
    return call;
  }

  /** Places a customer's call to a number of DelAuto. @returns undefined if the number has no voice webhook */
  async placeInbound(from: string, to: string): Promise<CallRecord | undefined> {
    const { customers, config } = this.services;
    const number = customers.findNumber(to);
    const voiceUrl = number?.voiceUrl ?? config.defaultVoiceUrl;
    if (voiceUrl === null) return undefined;
    const callback = number?.statusCallback ?? config.defaultVoiceStatusUrl;
    return this.place(
      {
        to,
        from,
        document: { kind: 'url', url: voiceUrl, method: 'POST' },
        fallback: number?.voiceFallbackUrl == null ? null : { url: number.voiceFallbackUrl, method: 'POST' },
        statusCallback: callback === null ? null : { url: callback, method: 'POST', events: ['completed'] },
        ringLimitMs: 60_000,
        timeLimitMs: 14_400_000,
        record: null,
        amd: null,
        attempt: {},
      },
      'inbound',
    );
  }

  /** Ends all calls. Resolves when their last callbacks are sent. */
  async hangUpAll(): Promise<void> {
    for (const session of this.sessions.values()) session.interrupt({ kind: 'hang-up', by: 'carrier' });
    await Promise.all(this.running);
  }

  /** Finds the session of a call that has not ended. */
  findSession(callSid: string): CallSession | undefined {
    return this.sessions.get(callSid);
  }

  /**
   * Applies an update form: `Status=completed|canceled` ends the call, `Url` or `Twiml` redirects it.
   * @throws TwilioApiError 21220 if the call has ended
   */
  update(call: CallRecord, form: Form): void {
    const status = getFormValue(form, 'Status');
    if (status !== undefined && status !== 'completed' && status !== 'canceled') {
      throw new TwilioApiError(20001, 'Status must be completed or canceled.');
    }
    const document = parseDocument(form);
    const session = this.sessions.get(call.sid);
    if (session === undefined || isFinal(call.status)) throw new TwilioApiError(21220);
    // Twilio ignores `canceled` for an answered call.
    if (status === 'completed' || (status === 'canceled' && call.answeredAt === null)) {
      session.interrupt({ kind: 'hang-up', by: 'application' });
    } else if (document !== undefined) {
      if (call.answeredAt === null) throw new TwilioApiError(21220);
      session.interrupt({ kind: 'redirect', document });
    }
  }

  /**
   * Ends, as failed, all calls that were in progress when the previous process crashed, and sends their status
   * callbacks. Their recordings, and recordings that were still being processed, become absent.
   * @returns number of calls that were ended
   */
  async recover(): Promise<number> {
    const { calls, recordings, ledger, config, time, webhooks, log } = this.services;
    const interruptedCalls = calls.listOpenCalls();
    for (const call of interruptedCalls) {
      ledger.append({ type: 'call.ended', callSid: call.sid, status: 'failed', endedBy: 'crash', durationSeconds: 0 });
    }
    for (const { sid: recordingSid } of recordings.listUnfinished()) {
      ledger.append({
        type: 'recording.finished',
        recordingSid,
        status: 'absent',
        durationMs: 0,
        pieces: [],
        errorCode: null,
      });
    }
    await ledger.flushed();
    for (const call of interruptedCalls) {
      if (call.statusCallback === null) continue;
      const { url, method } = call.statusCallback;
      const parameters = {
        ...toStatusParameters(call, config.accountSid, time.now()),
        CallbackSource: 'call-progress-events',
        SequenceNumber: '3',
      };
      webhooks.send(url, method, parameters).catch((error: unknown) => {
        if (!(error instanceof WebhookFailedError)) throw error;
        log.warn({ callSid: call.sid, code: error.code }, error.message);
      });
    }
    return interruptedCalls.length;
  }
}
