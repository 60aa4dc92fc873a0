import { TwilioApiError } from '../twilio/twilio.module.js';
import type { WebhookMethod } from '../webhooks/webhooks.module.js';

/** A form as parsed: a repeated field is an array. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

const e164 = /^\+[1-9]\d{6,14}$/;

/** Whether a number is written in E.164, as Twilio takes it. */
export function isE164(phone: string): boolean {
  return e164.test(phone);
}

/** The one value of a field; of a repeated one the last. */
export function one(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' || value === undefined ? value : value.at(-1);
}

/** All values of a field. */
export function many(form: Form, name: string): readonly string[] {
  const value = form[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** @throws TwilioApiError 21205 when it is given and no URL */
export function urlOf(form: Form, name: string): string | undefined {
  const value = one(form, name);
  if (value === undefined || value === '') return undefined;
  if (!/^https?:\/\//.test(value) || !URL.canParse(value))
    throw new TwilioApiError(21205, `${name} is not a valid URL: ${value}`);
  return value;
}

export function methodOf(form: Form, name: string): WebhookMethod {
  return one(form, name)?.toUpperCase() === 'GET' ? 'GET' : 'POST';
}

/** A whole number of seconds, `most` at most. @throws TwilioApiError 20001 when it is something else */
export function secondsOf(form: Form, name: string, byDefault: number, most: number): number {
  const text = one(form, name);
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new TwilioApiError(20001, `${name} must be a whole number of seconds.`);
  return Math.min(value, most);
}
