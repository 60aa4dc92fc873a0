import { TwilioApiError } from '../twilio/twilio.module.js';
import type { WebhookMethod } from '../webhooks/webhooks.module.js';

/** A parsed form. The values of a repeated field are an array. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

const E164_NUMBER = /^\+[1-9]\d{6,14}$/;

/** Whether a phone number is in E.164, which Twilio requires. */
export function isE164(phone: string): boolean {
  return E164_NUMBER.test(phone);
}

/** Returns the value of a field; the last one if it is repeated. */
export function getFormValue(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' || value === undefined ? value : value.at(-1);
}

/** Returns all values of a field. */
export function getFormValues(form: Form, name: string): readonly string[] {
  const value = form[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/**
 * Returns the URL in a field; undefined if it is absent or empty.
 * @throws TwilioApiError 21205 if it is not an HTTP(S) URL
 */
export function parseFormUrl(form: Form, name: string): string | undefined {
  const value = getFormValue(form, name);
  if (value === undefined || value === '') return undefined;
  if (!/^https?:\/\//.test(value) || !URL.canParse(value))
    throw new TwilioApiError(21205, `${name} is not a valid URL: ${value}`);
  return value;
}

/** Returns the HTTP method in a field; `POST` unless it is `GET`. */
export function getFormMethod(form: Form, name: string): WebhookMethod {
  return getFormValue(form, name)?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}

/**
 * Returns the whole number of seconds in a field, capped at `max`.
 * @throws TwilioApiError 20001 if it is not a whole number
 */
export function parseFormSeconds(form: Form, name: string, defaultSeconds: number, max: number): number {
  const text = getFormValue(form, name);
  if (text === undefined) return defaultSeconds;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new TwilioApiError(20001, `${name} must be a whole number of seconds.`);
  return Math.min(value, max);
}
