import type { Parameters, StatusCallbackPlan } from '../ledger/ledger.module.js';
import { parseRecordingRequest, type RecordingRequest } from '../recording-book/recording-book.module.js';
import {
  type Form,
  isE164,
  getFormValues,
  getFormMethod,
  getFormValue,
  parseFormSeconds,
  parseFormUrl,
} from '../request-bodies/request-bodies.module.js';
import { TwilioApiError } from '../twilio/twilio.module.js';
import type { Webhook } from '../webhooks/webhooks.module.js';

/** The source of a call's TwiML: a webhook, or the document itself. */
export type DocumentSource = ({ readonly kind: 'url' } & Webhook) | { readonly kind: 'twiml'; readonly twiml: string };

/** A request for answering machine detection (Twilio's AMD). */
export interface AmdRequest {
  /** `DetectMessageEnd` reports a machine at the end of its greeting, `Enable` as soon as it is recognized. */
  readonly mode: 'Enable' | 'DetectMessageEnd';
  /** Receives the result of an asynchronous detection, which does not delay the call. */
  readonly callback: Webhook | null;
  readonly async: boolean;
}

/** A call to place. Times are simulated milliseconds. */
export interface CallRequest {
  readonly to: string;
  readonly from: string;
  readonly document: DocumentSource;
  readonly fallback: Webhook | null;
  readonly statusCallback: StatusCallbackPlan | null;
  /** Maximum ringing time. */
  readonly ringLimitMs: number;
  /** Maximum time from the answer to the end. */
  readonly timeLimitMs: number;
  readonly record: RecordingRequest | null;
  readonly amd: AmdRequest | null;
  /** The query parameters of the call's URLs, by which the application identifies the attempt. */
  readonly attempt: Parameters;
}

/** Premium-rate numbers in North America. The geo permissions of a new Twilio account do not allow calls to them. */
const GEO_BLOCKED_NUMBER = /^\+1900/;

/**
 * Parses the form that creates a call.
 * @throws TwilioApiError with Twilio's code for the first problem
 */
export function parseCallRequest(form: Form): CallRequest {
  const to = getFormValue(form, 'To');
  const from = getFormValue(form, 'From');
  if (to === undefined || to === '') throw new TwilioApiError(21201);
  if (from === undefined || from === '') throw new TwilioApiError(21213);
  if (!isE164(to)) throw new TwilioApiError(21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (!isE164(from)) throw new TwilioApiError(21212, `The source phone number provided, ${from}, is not valid.`);
  if (GEO_BLOCKED_NUMBER.test(to)) throw new TwilioApiError(21215);
  const statusUrl = parseFormUrl(form, 'StatusCallback');
  const fallbackUrl = parseFormUrl(form, 'FallbackUrl');
  const isRecorded = getFormValue(form, 'Record') === 'true';
  const detectionMode = getFormValue(form, 'MachineDetection');
  return {
    to,
    from,
    document: parseDocument(form) ?? throwMissingDocument(),
    fallback: fallbackUrl === undefined ? null : { url: fallbackUrl, method: getFormMethod(form, 'FallbackMethod') },
    statusCallback:
      statusUrl === undefined
        ? null
        : {
            url: statusUrl,
            method: getFormMethod(form, 'StatusCallbackMethod'),
            events: parseStatusEvents(getFormValues(form, 'StatusCallbackEvent')),
          },
    ringLimitMs: parseFormSeconds(form, 'Timeout', 60, 600) * 1000,
    timeLimitMs: parseFormSeconds(form, 'TimeLimit', 14_400, 86_400) * 1000,
    record: isRecorded ? parseRecordingRequest(form) : null,
    amd: detectionMode === 'Enable' || detectionMode === 'DetectMessageEnd' ? parseAmd(form, detectionMode) : null,
    attempt: toAttempt(statusUrl, getFormValue(form, 'Url')),
  };
}

/** Parses `Twiml` or `Url`; undefined if the form has neither. */
export function parseDocument(form: Form): DocumentSource | undefined {
  const twiml = getFormValue(form, 'Twiml');
  if (twiml !== undefined && twiml !== '') return { kind: 'twiml', twiml };
  const url = parseFormUrl(form, 'Url');
  return url === undefined ? undefined : { kind: 'url', url, method: getFormMethod(form, 'Method') };
}

const STATUS_EVENTS = ['initiated', 'ringing', 'answered', 'completed'] as const;

function parseStatusEvents(values: readonly string[]): StatusCallbackPlan['events'] {
  const requested = values.flatMap((value) => value.split(' '));
  const events = STATUS_EVENTS.filter((event) => requested.includes(event));
  return events.length > 0 ? events : ['completed'];
}

function parseAmd(form: Form, mode: AmdRequest['mode']): AmdRequest {
  const url = parseFormUrl(form, 'AsyncAmdStatusCallback');
  return {
    mode,
    async: getFormValue(form, 'AsyncAmd') === 'true',
    callback: url === undefined ? null : { url, method: getFormMethod(form, 'AsyncAmdStatusCallbackMethod') },
  };
}

function toAttempt(...urls: readonly (string | undefined)[]): Parameters {
  const attempt: Record<string, string> = {};
  for (const url of urls) {
    if (url === undefined || !URL.canParse(url)) continue;
    for (const [name, value] of new URL(url).searchParams) attempt[name] ??= value;
  }
  return attempt;
}

function throwMissingDocument(): never {
  throw new TwilioApiError(21205, 'Url or Twiml is required.');
}
