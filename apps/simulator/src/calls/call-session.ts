import type { CallStatus, EndedBy, RingOutcome } from '../ledger/ledger.module.js';
import { type Customer, CustomerOnLine } from '../personas/personas.module.js';
import { toWholeSeconds } from '../recording-book/recording-book.module.js';
import { formatRfc2822 } from '../twilio/twilio.module.js';
import { parseTwiml, type TwimlElement, TwimlError } from '../twiml/twiml.module.js';
import { detectAnsweringMachine, detectInBackground } from './answering-machine-detection.js';
import {
  CallClock,
  CallInterrupted,
  CallLine,
  toCallParameters,
  CallRecordings,
  type CallRequest,
  type CallServices,
  type DocumentSource,
  type Interruption,
} from '../call-line/call-line.module.js';
import type { CallRecord } from '../call-book/call-book.module.js';
import { executeDocument, type VerbOutcome } from '../verbs/verbs.module.js';
import { WebhookFailedError } from '../webhooks/webhooks.module.js';
import { fetchDocument } from './fetch-document.js';
import { StatusCallbacks } from './status-callbacks.js';

/** Time until the called phone rings, in simulated ms. */
const SETUP_MS = 500;
/** Time until the network reports the called number as busy or nonexistent, in simulated ms. */
const REFUSAL_MS = 1500;
/** Pause between a machine's greeting and its beep, in simulated ms. */
const BEEP_PAUSE_MS = 400;
/** Maximum number of documents of a call. An application that exceeds it redirects the call in a loop. */
const MAX_DOCUMENTS = 200;
/** Twilio's warning that a status callback failed: https://www.twilio.com/docs/api/errors/15003 */
const CALLBACK_FAILED_CODE = 15_003;
/** Twilio's error for too many redirects: https://www.twilio.com/docs/api/errors/11215 */
const TOO_MANY_REDIRECTS_CODE = 11_215;

/** The SIP response code for each final status. */
const SIP_CODES: Readonly<Partial<Record<CallStatus, string>>> = {
  completed: '200',
  busy: '486',
  'no-answer': '487',
  canceled: '487',
  failed: '404',
};

/** Runs one call from dialing to its end. */
export class CallSession {
  readonly recordings: CallRecordings;
  private readonly clock: CallClock;
  private readonly callbacks: StatusCallbacks;

  constructor(
    private readonly services: CallServices,
    readonly call: CallRecord,
    private readonly request: CallRequest,
  ) {
    this.clock = new CallClock(services.time.scale);
    this.recordings = new CallRecordings(services, call, () => this.clock.elapsedMs);
    this.callbacks = new StatusCallbacks(
      request.statusCallback,
      services.webhooks,
      services.faults,
      services.time,
      ({ message }) => {
        this.warn(CALLBACK_FAILED_CODE, message);
      },
    );
  }

  /** Runs the call to its end. Never rejects: an unexpected error ends the call as failed. */
  async run(): Promise<void> {
    try {
      await this.dialAndTalk();
    } catch (error) {
      if (error instanceof CallInterrupted) {
        const by = error.interruption.kind === 'hang-up' ? error.interruption.by : 'application';
        this.end(this.call.answeredAt === null ? 'canceled' : 'completed', by);
      } else {
        this.services.log.error({ err: error, callSid: this.call.sid }, 'Call failed with an unexpected error');
        this.end('failed', 'carrier');
      }
    }
    await this.callbacks.settled();
  }

  /** Hangs up the call, or redirects it to another document. */
  interrupt(interruption: Interruption): void {
    this.clock.interrupt(interruption);
  }

  private async dialAndTalk(): Promise<void> {
    if (this.call.direction === 'inbound') return this.runInbound();
    const { ledger, calls, customers } = this.services;
    const customer = customers.findCustomer(this.call.to);
    const previousCalls = calls.countStartedCalls(this.call.to, customer?.sinceSeq ?? 0);
    ledger.append({ type: 'call.started', callSid: this.call.sid });
    await ledger.flushed();
    this.callbacks.send('initiated', this.toProgressParameters('initiated'));
    await this.clock.wait(SETUP_MS);

    const ringOutcomes = customer?.persona.rings;
    const outcome = ringOutcomes?.[Math.min(previousCalls, ringOutcomes.length - 1)];
    if (customer === undefined || outcome === undefined || outcome.kind === 'unreachable')
      return this.endUnanswered('failed');
    if (outcome.kind === 'busy') return this.endUnanswered('busy');

    ledger.append({ type: 'call.rang', callSid: this.call.sid });
    await ledger.flushed();
    this.callbacks.send('ringing', this.toProgressParameters());
    if (outcome.kind === 'no-answer' || outcome.afterMs > this.request.ringLimitMs) {
      await this.clock.wait(this.request.ringLimitMs);
      this.end('no-answer', 'carrier');
      return;
    }
    await this.clock.wait(outcome.afterMs);
    await this.talk(customer, outcome);
  }

  /** Runs a customer's call to a number of DelAuto, which answers immediately with the document of its webhook. */
  private async runInbound(): Promise<void> {
    const customer = this.services.customers.findCustomer(this.call.from);
    if (customer === undefined) return this.endUnanswered('failed');
    this.services.ledger.append({ type: 'call.started', callSid: this.call.sid });
    await this.talk(customer, undefined);
  }

  private async endUnanswered(status: 'failed' | 'busy'): Promise<void> {
    await this.clock.wait(REFUSAL_MS);
    this.end(status, 'carrier');
  }

  /** @param outcome how the phone was answered; `undefined` for an inbound call */
  private async talk(customer: Customer, outcome: RingOutcome | undefined): Promise<void> {
    const isMachine = outcome?.kind === 'voicemail';
    const line = new CallLine(
      this.services,
      this.call,
      this.clock,
      this.recordings,
      new CustomerOnLine(customer, this.services.voices, isMachine),
    );
    const greeting = isMachine ? line.customer.toSpeech(outcome.greeting) : undefined;
    const beepAtMs = greeting === undefined ? null : Math.round(greeting.durationMs + BEEP_PAUSE_MS);
    this.clock.restart(this.request.timeLimitMs);
    this.services.ledger.append({ type: 'call.answered', callSid: this.call.sid, beepAtMs });
    await this.services.ledger.flushed();
    this.callbacks.send('answered', this.toProgressParameters());
    if (this.request.record !== null) this.recordings.start(this.request.record, 'OutboundAPI');
    if (greeting !== undefined) line.placeSound('customer', greeting);
    await this.executeDocuments(line);
  }

  private async detectMachine(): Promise<void> {
    const { amd } = this.request;
    if (amd === null) return;
    if (amd.async) {
      void detectInBackground(this.services, this.call, this.clock, amd);
      return;
    }
    const { answeredBy, afterMs } = detectAnsweringMachine(amd.mode, this.call.beepAtMs);
    await this.clock.wait(afterMs);
    this.services.ledger.append({ type: 'call.answered_by', callSid: this.call.sid, answeredBy });
  }

  /** Executes documents until one of them ends the call. */
  private async executeDocuments(line: CallLine): Promise<void> {
    let source: DocumentSource = this.request.document;
    let parameters: Readonly<Record<string, string>> | undefined;
    for (let count = 0; count < MAX_DOCUMENTS; count++) {
      try {
        if (count === 0) await this.detectMachine();
        const document = await this.loadDocument(source, parameters ?? line.toParameters());
        if (document === undefined) {
          this.end('completed', 'carrier');
          return;
        }
        const outcome = await executeDocument(document.verbs, { line, documentUrl: document.url });
        if (outcome.kind === 'hang-up') {
          this.end('completed', outcome.by);
          if (outcome.finalRequest !== undefined) await this.sendFinalRequest(outcome.finalRequest);
          return;
        }
        source = { kind: 'url', ...outcome.webhook };
        parameters = outcome.parameters;
      } catch (error) {
        if (!(error instanceof CallInterrupted) || error.interruption.kind !== 'redirect') throw error;
        source = error.interruption.document;
        parameters = undefined;
      }
    }
    this.warn(
      TOO_MANY_REDIRECTS_CODE,
      `The call fetched more than ${MAX_DOCUMENTS} documents: its webhooks redirect in a loop.`,
    );
    this.end('completed', 'carrier');
  }

  private async sendFinalRequest({
    webhook,
    parameters,
  }: Pick<Extract<VerbOutcome, { kind: 'fetch' }>, 'webhook' | 'parameters'>): Promise<void> {
    try {
      await this.services.webhooks.send(webhook.url, webhook.method, { ...parameters, CallStatus: this.call.status });
    } catch (error) {
      if (!(error instanceof WebhookFailedError)) throw error;
      this.warn(error.code, error.message);
    }
  }

  /** @returns `undefined` if the document is unavailable or invalid, which is recorded as a warning */
  private async loadDocument(
    source: DocumentSource,
    parameters: Readonly<Record<string, string>>,
  ): Promise<{ readonly verbs: readonly TwimlElement[]; readonly url: string | undefined } | undefined> {
    if (source.kind === 'url') {
      const documentRequest = fetchDocument(
        this.services.webhooks,
        source,
        parameters,
        this.request.fallback,
        ({ code, message }) => {
          this.warn(code, message);
        },
      );
      return this.clock.countRealTime(documentRequest);
    }
    try {
      return { verbs: parseTwiml(source.twiml, 'text/xml'), url: undefined };
    } catch (error) {
      if (!(error instanceof TwimlError)) throw error;
      this.warn(error.code, error.message);
      return undefined;
    }
  }

  private end(status: CallStatus, endedBy: EndedBy): void {
    const durationSeconds = this.call.answeredAt === null ? 0 : toWholeSeconds(this.clock.elapsedMs);
    this.recordings.finishAll();
    this.services.ledger.append({ type: 'call.ended', callSid: this.call.sid, status, endedBy, durationSeconds });
    const finalParameters = this.toProgressParameters();
    void this.services.ledger.flushed().then(() => {
      this.callbacks.send('completed', finalParameters);
    });
  }

  private warn(code: number, message: string): void {
    this.services.ledger.append({ type: 'call.warning', callSid: this.call.sid, code, message });
  }

  private toProgressParameters(status: string = this.call.status): Record<string, string> {
    return toStatusParameters(this.call, this.services.config.accountSid, Date.now(), status);
  }
}

/** Creates the parameters of a status callback, with the duration and SIP response code of an ended call. */
export function toStatusParameters(
  call: CallRecord,
  accountSid: string,
  nowMs: number,
  status: string = call.status,
): Record<string, string> {
  const parameters: Record<string, string> = {
    ...toCallParameters(call, accountSid, status),
    Timestamp: formatRfc2822(nowMs),
  };
  if (call.durationSeconds === null) return parameters;
  return {
    ...parameters,
    CallDuration: String(call.durationSeconds),
    Duration: String(Math.ceil(call.durationSeconds / 60)),
    SipResponseCode: SIP_CODES[call.status] ?? '500',
  };
}
