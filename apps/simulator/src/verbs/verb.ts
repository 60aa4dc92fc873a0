import type { CallLine } from '../call-line/call-line.module.js';
import type { Webhook } from '../webhooks/webhooks.module.js';
import type { TwimlElement } from '../twiml/twiml.module.js';

/** What the call does after a verb. */
export type VerbOutcome =
  | { readonly kind: 'next' }
  /** Ask this webhook for new instructions. */
  | { readonly kind: 'fetch'; readonly webhook: Webhook; readonly parameters: Readonly<Record<string, string>> }
  /** `last` is asked once more when the call is over; its answer no longer matters. */
  | {
      readonly kind: 'hang-up';
      readonly by: 'customer' | 'application';
      readonly last?: { readonly webhook: Webhook; readonly parameters: Readonly<Record<string, string>> } | undefined;
    };

export const next: VerbOutcome = { kind: 'next' };

/** Where a verb stands: relative URLs in it refer to the document's own. */
export interface VerbContext {
  readonly line: CallLine;
  /** URL of the document; undefined for one given as text. */
  readonly documentUrl: string | undefined;
}

export type Verb = (element: TwimlElement, context: VerbContext) => Promise<VerbOutcome>;

/** The webhook an attribute names, relative to the document; without the attribute the document's own URL. */
export function webhookOf(
  element: TwimlElement,
  { documentUrl }: VerbContext,
  url: string | undefined = element.attributes['action'],
  method: string | undefined = element.attributes['method'],
): Webhook | undefined {
  const target = url === undefined || url === '' ? documentUrl : absolute(url, documentUrl);
  return target === undefined ? undefined : { url: target, method: method?.toUpperCase() === 'GET' ? 'GET' : 'POST' };
}

/** Absolute URLs stay as written, character by character: the signature covers them so. */
function absolute(url: string, base: string | undefined): string | undefined {
  if (/^https?:\/\//.test(url)) return url;
  return base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : undefined;
}

/** Seconds in an attribute as milliseconds. */
export function secondsAttribute(element: TwimlElement, name: string, byDefault: number): number {
  const value = Number(element.attributes[name] ?? NaN);
  return (Number.isFinite(value) && value >= 0 ? value : byDefault) * 1000;
}

export function numberAttribute(element: TwimlElement, name: string): number | undefined {
  const value = Number(element.attributes[name] ?? NaN);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
