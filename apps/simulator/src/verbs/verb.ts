import type { CallLine } from '../call-line/call-line.module.js';
import type { Webhook } from '../webhooks/webhooks.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';

/** What happens after a verb. */
export type VerbOutcome =
  | { readonly kind: 'next' }
  /** Fetches a new document from this webhook. */
  | { readonly kind: 'fetch'; readonly webhook: Webhook; readonly parameters: Readonly<Record<string, string>> }
  /** `last` is sent after the call has ended; its reply is ignored. */
  | {
      readonly kind: 'hang-up';
      readonly by: 'customer' | 'application';
      readonly last?: { readonly webhook: Webhook; readonly parameters: Readonly<Record<string, string>> } | undefined;
    };

export const next: VerbOutcome = { kind: 'next' };

/** The context of a verb. The verb's relative URLs are resolved against the document's URL. */
export interface VerbContext {
  readonly line: CallLine;
  /** URL of the document; undefined if it was given as text. */
  readonly documentUrl: string | undefined;
}

export type Verb = (element: TwimlElement, context: VerbContext) => Promise<VerbOutcome>;

/** Resolves the webhook in an attribute relative to the document. Without the attribute, it is the document's URL. */
export function resolveWebhook(
  element: TwimlElement,
  { documentUrl }: VerbContext,
  url: string | undefined = element.attributes['action'],
  method: string | undefined = element.attributes['method'],
): Webhook | undefined {
  const target = url === undefined || url === '' ? documentUrl : toAbsolute(url, documentUrl);
  return target === undefined ? undefined : { url: target, method: method?.toUpperCase() === 'GET' ? 'GET' : 'POST' };
}

/** Absolute URLs are not normalized, because the signature covers their exact characters. */
function toAbsolute(url: string, base: string | undefined): string | undefined {
  if (/^https?:\/\//.test(url)) return url;
  return base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : undefined;
}

/** Reads seconds from an attribute, as milliseconds. */
export function secondsAttribute(element: TwimlElement, name: string, defaultSeconds: number): number {
  const value = Number(element.attributes[name] ?? NaN);
  return (Number.isFinite(value) && value >= 0 ? value : defaultSeconds) * 1000;
}

export function numberAttribute(element: TwimlElement, name: string): number | undefined {
  const value = Number(element.attributes[name] ?? NaN);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
