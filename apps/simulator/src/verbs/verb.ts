import type { CallLine } from '../call-line/call-line.module.js';
import type { Webhook } from '../webhooks/webhooks.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';

/** The continuation of a call after a verb. */
export type VerbOutcome =
  | { readonly kind: 'next' }
  /** Fetches a new document from this webhook. */
  | { readonly kind: 'fetch'; readonly webhook: Webhook; readonly parameters: Readonly<Record<string, string>> }
  /** `finalRequest` is sent after the call has ended; its response is ignored. */
  | {
      readonly kind: 'hang-up';
      readonly by: 'customer' | 'application';
      readonly finalRequest?:
        { readonly webhook: Webhook; readonly parameters: Readonly<Record<string, string>> } | undefined;
    };

/** Continues with the next verb of the document. */
export const next: VerbOutcome = { kind: 'next' };

/** The context of a verb. The verb's relative URLs are resolved against the document's URL. */
export interface VerbContext {
  readonly line: CallLine;
  /** URL of the document; undefined if it was given as text. */
  readonly documentUrl: string | undefined;
}

/** Executes one TwiML verb on a call. */
export type Verb = (element: TwimlElement, context: VerbContext) => Promise<VerbOutcome>;

/** Resolves the webhook in an attribute against the document's URL. Without the attribute, it is that URL itself. */
export function resolveWebhook(
  element: TwimlElement,
  { documentUrl }: VerbContext,
  url: string | undefined = element.attributes['action'],
  method: string | undefined = element.attributes['method'],
): Webhook | undefined {
  const target = url === undefined || url === '' ? documentUrl : toAbsolute(url, documentUrl);
  return target === undefined ? undefined : { url: target, method: method?.toUpperCase() === 'GET' ? 'GET' : 'POST' };
}

/** Resolves a URL. An absolute URL is not normalized, because the signature covers its exact characters. */
function toAbsolute(url: string, base: string | undefined): string | undefined {
  if (/^https?:\/\//.test(url)) return url;
  return base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : undefined;
}

/** Reads an attribute in seconds and returns milliseconds. */
export function readSecondsAttributeMs(element: TwimlElement, name: string, defaultSeconds: number): number {
  const value = Number(element.attributes[name] ?? NaN);
  return (Number.isFinite(value) && value >= 0 ? value : defaultSeconds) * 1000;
}

/** Reads a positive whole number; undefined if the attribute is absent or invalid. */
export function readNumberAttribute(element: TwimlElement, name: string): number | undefined {
  const value = Number(element.attributes[name] ?? NaN);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
