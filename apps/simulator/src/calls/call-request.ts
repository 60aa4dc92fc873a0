import type { Parameters, StatusCallbackPlan } from '../ledger/ledger-entry.js';
import { TwilioApiError } from '../twilio/twilio-error.js';
import type { WebhookMethod } from '../webhooks/webhook-client.js';

/** A form as parsed: a repeated field is an array. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Webhook {
  readonly url: string;
  readonly method: WebhookMethod;
}

/** Where the call's instructions come from. */
export type DocumentSource = ({ readonly kind: 'url' } & Webhook) | { readonly kind: 'twiml'; readonly twiml: string };

export interface RecordingRequest {
  readonly channels: 1 | 2;
  readonly track: 'inbound' | 'outbound' | 'both';
  readonly callback: (Webhook & { readonly events: readonly string[] }) | null;
}

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

const e164 = /^\+[1-9]\d{6,14}$/;
/** Premium-rate numbers in North America, which no new account may call. */
const blockedByGeoPermissions = /^\+1900/;

export function isE164(phone: string): boolean {
  return e164.test(phone);
}

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
    fallback: fallbackUrl === undefined ? null : { url: fallbackUrl, method: method(form, 'FallbackMethod') },
    statusCallback:
      statusUrl === undefined
        ? null
        : {
            url: statusUrl,
            method: method(form, 'StatusCallbackMethod'),
            events: statusEvents(many(form, 'StatusCallbackEvent')),
          },
    ringLimitMs: seconds(form, 'Timeout', 60, 600) * 1000,
    timeLimitMs: seconds(form, 'TimeLimit', 14_400, 86_400) * 1000,
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
  return url === undefined ? undefined : { kind: 'url', url, method: method(form, 'Method') };
}

/** What `RecordingChannels`, `RecordingTrack` and `RecordingStatusCallback…` ask for. */
export function parseRecordingRequest(form: Form): RecordingRequest {
  const url = urlOf(form, 'RecordingStatusCallback');
  const track = one(form, 'RecordingTrack');
  const events = many(form, 'RecordingStatusCallbackEvent').flatMap((value) => value.split(' '));
  return {
    channels: one(form, 'RecordingChannels') === 'dual' ? 2 : 1,
    track: track === 'inbound' || track === 'outbound' ? track : 'both',
    callback:
      url === undefined
        ? null
        : {
            url,
            method: method(form, 'RecordingStatusCallbackMethod'),
            events: events.length > 0 ? events : ['completed'],
          },
  };
}

/** The one value of a field; of a repeated one the last. */
export function one(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' || value === undefined ? value : value.at(-1);
}

function many(form: Form, name: string): readonly string[] {
  const value = form[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function urlOf(form: Form, name: string): string | undefined {
  const value = one(form, name);
  if (value === undefined || value === '') return undefined;
  if (!/^https?:\/\//.test(value) || !URL.canParse(value))
    throw new TwilioApiError(21205, `${name} is not a valid URL: ${value}`);
  return value;
}

function method(form: Form, name: string): WebhookMethod {
  return one(form, name)?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}

function seconds(form: Form, name: string, byDefault: number, most: number): number {
  const text = one(form, name);
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new TwilioApiError(20001, `${name} must be a whole number of seconds.`);
  return Math.min(value, most);
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
    callback: url === undefined ? null : { url, method: method(form, 'AsyncAmdStatusCallbackMethod') },
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
