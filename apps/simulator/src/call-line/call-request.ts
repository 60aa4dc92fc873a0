import type { Parameters, StatusCallbackPlan } from '../ledger/ledger.module.js';
import { parseRecordingRequest, type RecordingRequest } from '../recording-book/recording-book.module.js';
import {
  type Form,
  isE164,
  formValues,
  formMethod,
  formValue,
  formSeconds,
  formUrl,
} from '../request-bodies/request-bodies.module.js';
import { TwilioApiError } from '../twilio/twilio.module.js';
import type { Webhook } from '../webhooks/webhooks.module.js';

/** Where a call's TwiML comes from. */
export type DocumentSource = ({ readonly kind: 'url' } & Webhook) | { readonly kind: 'twiml'; readonly twiml: string };

export interface AmdRequest {
  /** `DetectMessageEnd` reports a machine when its greeting is over, `Enable` as soon as it is recognized. */
  readonly mode: 'Enable' | 'DetectMessageEnd';
  /** Receives the result of asynchronous detection, during which the call goes on. */
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
  readonly ringLimitMs: number;
  readonly timeLimitMs: number;
  readonly record: RecordingRequest | null;
  readonly amd: AmdRequest | null;
  readonly attempt: Parameters;
}

/** Premium-rate numbers in North America, which a new account may not call. */
const blockedByGeoPermissions = /^\+1900/;

/**
 * Parses the form that creates a call.
 * @throws TwilioApiError with Twilio's code for the first mistake
 */
export function parseCallRequest(form: Form): CallRequest {
  const to = formValue(form, 'To');
  const from = formValue(form, 'From');
  if (to === undefined || to === '') throw new TwilioApiError(21201);
  if (from === undefined || from === '') throw new TwilioApiError(21213);
  if (!isE164(to)) throw new TwilioApiError(21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (!isE164(from)) throw new TwilioApiError(21212, `The source phone number provided, ${from}, is not valid.`);
  if (blockedByGeoPermissions.test(to)) throw new TwilioApiError(21215);
  const statusUrl = formUrl(form, 'StatusCallback');
  const fallbackUrl = formUrl(form, 'FallbackUrl');
  const record = formValue(form, 'Record') === 'true';
  const detection = formValue(form, 'MachineDetection');
  return {
    to,
    from,
    document: parseDocument(form) ?? throwMissingDocument(),
    fallback: fallbackUrl === undefined ? null : { url: fallbackUrl, method: formMethod(form, 'FallbackMethod') },
    statusCallback:
      statusUrl === undefined
        ? null
        : {
            url: statusUrl,
            method: formMethod(form, 'StatusCallbackMethod'),
            events: parseStatusEvents(formValues(form, 'StatusCallbackEvent')),
          },
    ringLimitMs: formSeconds(form, 'Timeout', 60, 600) * 1000,
    timeLimitMs: formSeconds(form, 'TimeLimit', 14_400, 86_400) * 1000,
    record: record ? parseRecordingRequest(form) : null,
    amd: detection === 'Enable' || detection === 'DetectMessageEnd' ? parseAmd(form, detection) : null,
    attempt: toAttempt(statusUrl, formValue(form, 'Url')),
  };
}

/** Parses `Twiml` or `Url`; undefined if the form has neither. */
export function parseDocument(form: Form): DocumentSource | undefined {
  const twiml = formValue(form, 'Twiml');
  if (twiml !== undefined && twiml !== '') return { kind: 'twiml', twiml };
  const url = formUrl(form, 'Url');
  return url === undefined ? undefined : { kind: 'url', url, method: formMethod(form, 'Method') };
}

const knownEvents = ['initiated', 'ringing', 'answered', 'completed'] as const;

function parseStatusEvents(given: readonly string[]): StatusCallbackPlan['events'] {
  const requested = given.flatMap((value) => value.split(' '));
  const events = knownEvents.filter((event) => requested.includes(event));
  return events.length > 0 ? events : ['completed'];
}

function parseAmd(form: Form, mode: AmdRequest['mode']): AmdRequest {
  const url = formUrl(form, 'AsyncAmdStatusCallback');
  return {
    mode,
    async: formValue(form, 'AsyncAmd') === 'true',
    callback: url === undefined ? null : { url, method: formMethod(form, 'AsyncAmdStatusCallbackMethod') },
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
