import type { Parameters, StatusCallbackPlan } from '../ledger/ledger.module.js';
import { parseRecordingRequest, type RecordingRequest } from '../recording-book/recording-book.module.js';
import { type Form, isE164, many, methodOf, one, secondsOf, urlOf } from '../request-bodies/request-bodies.module.js';
import { TwilioApiError } from '../twilio/twilio.module.js';
import type { Webhook } from '../webhooks/webhooks.module.js';

/** Where the call's instructions come from. */
export type DocumentSource = ({ readonly kind: 'url' } & Webhook) | { readonly kind: 'twiml'; readonly twiml: string };

export interface AmdRequest {
  /** `DetectMessageEnd` reports a machine when its greeting is over, `Enable` as soon as it is recognised. */
  readonly mode: 'Enable' | 'DetectMessageEnd';
  /** Whether the call goes on meanwhile and the result comes by its own callback. */
  readonly callback: Webhook | null;
  readonly async: boolean;
}

/** A call to place. Times in simulated milliseconds. */
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

/** Premium-rate numbers in North America, which no new account may call. */
const blockedByGeoPermissions = /^\+1900/;

/**
 * The call a creation form asks for.
 * @throws TwilioApiError with Twilio's code for the first thing wrong
 */
export function parseCallRequest(form: Form): CallRequest {
  const to = one(form, 'To');
  const from = one(form, 'From');
  if (to === undefined || to === '') throw new TwilioApiError(21201);
  if (from === undefined || from === '') throw new TwilioApiError(21213);
  if (!isE164(to)) throw new TwilioApiError(21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (!isE164(from)) throw new TwilioApiError(21212, `The source phone number provided, ${from}, is not valid.`);
  if (blockedByGeoPermissions.test(to)) throw new TwilioApiError(21215);
  const statusUrl = urlOf(form, 'StatusCallback');
  const fallbackUrl = urlOf(form, 'FallbackUrl');
  const record = one(form, 'Record') === 'true';
  const detection = one(form, 'MachineDetection');
  return {
    to,
    from,
    document: parseDocument(form) ?? missingDocument(),
    fallback: fallbackUrl === undefined ? null : { url: fallbackUrl, method: methodOf(form, 'FallbackMethod') },
    statusCallback:
      statusUrl === undefined
        ? null
        : {
            url: statusUrl,
            method: methodOf(form, 'StatusCallbackMethod'),
            events: statusEvents(many(form, 'StatusCallbackEvent')),
          },
    ringLimitMs: secondsOf(form, 'Timeout', 60, 600) * 1000,
    timeLimitMs: secondsOf(form, 'TimeLimit', 14_400, 86_400) * 1000,
    record: record ? parseRecordingRequest(form) : null,
    amd: detection === 'Enable' || detection === 'DetectMessageEnd' ? parseAmd(form, detection) : null,
    attempt: attemptOf(statusUrl, one(form, 'Url')),
  };
}

/** The instructions named by `Twiml` or `Url`; undefined when there are none. */
export function parseDocument(form: Form): DocumentSource | undefined {
  const twiml = one(form, 'Twiml');
  if (twiml !== undefined && twiml !== '') return { kind: 'twiml', twiml };
  const url = urlOf(form, 'Url');
  return url === undefined ? undefined : { kind: 'url', url, method: methodOf(form, 'Method') };
}

const knownEvents = ['initiated', 'ringing', 'answered', 'completed'] as const;

function statusEvents(given: readonly string[]): StatusCallbackPlan['events'] {
  const wanted = given.flatMap((value) => value.split(' '));
  const events = knownEvents.filter((event) => wanted.includes(event));
  return events.length > 0 ? events : ['completed'];
}

function parseAmd(form: Form, mode: AmdRequest['mode']): AmdRequest {
  const url = urlOf(form, 'AsyncAmdStatusCallback');
  return {
    mode,
    async: one(form, 'AsyncAmd') === 'true',
    callback: url === undefined ? null : { url, method: methodOf(form, 'AsyncAmdStatusCallbackMethod') },
  };
}

function attemptOf(...urls: readonly (string | undefined)[]): Parameters {
  const attempt: Record<string, string> = {};
  for (const url of urls) {
    if (url === undefined || !URL.canParse(url)) continue;
    for (const [name, value] of new URL(url).searchParams) attempt[name] ??= value;
  }
  return attempt;
}

function missingDocument(): never {
  throw new TwilioApiError(21205, 'Url or Twiml is required.');
}
