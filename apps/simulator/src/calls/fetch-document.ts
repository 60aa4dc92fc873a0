import { parseTwiml, type TwimlElement, TwimlError } from '../twiml/twiml.module.js';
import { type Webhook, type WebhookClient, WebhookFailedError } from '../webhooks/webhooks.module.js';

export interface FetchedDocument {
  readonly verbs: readonly TwimlElement[];
  /** Where it came from: relative URLs in it refer to this. */
  readonly url: string;
}

/** What Twilio would show in its debugger. */
export interface DocumentFailure {
  readonly code: number;
  readonly message: string;
}

/**
 * Asks a webhook for instructions. When it fails, after its own retries, or answers with no TwiML, the fallback is
 * asked, once, with `ErrorCode` and `ErrorUrl` added.
 * @param onFailure told of every failure
 * @returns undefined when there are no instructions to be had: the call ends
 */
export async function fetchDocument(
  client: WebhookClient,
  webhook: Webhook,
  parameters: Readonly<Record<string, string>>,
  fallback: Webhook | null,
  onFailure: (failure: DocumentFailure) => void,
): Promise<FetchedDocument | undefined> {
  const first = await tryFetch(client, webhook, parameters);
  if (!('failure' in first)) return first;
  onFailure(first.failure);
  if (fallback === null) return undefined;
  const second = await tryFetch(client, fallback, {
    ...parameters,
    ErrorCode: String(first.failure.code),
    ErrorUrl: withoutFragment(webhook.url),
  });
  if (!('failure' in second)) return second;
  onFailure(second.failure);
  return undefined;
}

async function tryFetch(
  client: WebhookClient,
  webhook: Webhook,
  parameters: Readonly<Record<string, string>>,
): Promise<FetchedDocument | { readonly failure: DocumentFailure }> {
  try {
    const answer = await client.send(webhook.url, webhook.method, parameters);
    return { verbs: parseTwiml(answer.body.toString('utf8'), answer.contentType), url: withoutFragment(webhook.url) };
  } catch (error) {
    if (!(error instanceof WebhookFailedError) && !(error instanceof TwimlError)) throw error;
    return { failure: { code: error.code, message: error.message } };
  }
}

function withoutFragment(url: string): string {
  return url.split('#')[0] ?? url;
}
