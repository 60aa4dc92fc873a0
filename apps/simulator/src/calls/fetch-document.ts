import { parseTwiml, type TwimlElement, TwimlError } from '../twiml/twiml.module.js';
import { type Webhook, type WebhookClient, WebhookFailedError } from '../webhooks/webhooks.module.js';

/** A TwiML document that a webhook returned. */
export interface FetchedDocument {
  readonly verbs: readonly TwimlElement[];
  /** The URL of the document, against which its relative URLs are resolved. */
  readonly url: string;
}

/** The reason why there is no document, with the error code of Twilio's debugger. */
export interface DocumentFailure {
  readonly code: number;
  readonly message: string;
}

/**
 * Fetches a TwiML document from a webhook. If the webhook fails after its retries, or replies without valid TwiML, the
 * fallback is fetched once, with `ErrorCode` and `ErrorUrl` added.
 * @param onFailure called for each failure
 * @returns undefined if there is no document; the call then ends
 */
export async function fetchDocument(
  client: WebhookClient,
  webhook: Webhook,
  parameters: Readonly<Record<string, string>>,
  fallback: Webhook | null,
  onFailure: (failure: DocumentFailure) => void,
): Promise<FetchedDocument | undefined> {
  const result = await tryFetch(client, webhook, parameters);
  if (!('failure' in result)) return result;
  onFailure(result.failure);
  if (fallback === null) return undefined;
  const fallbackResult = await tryFetch(client, fallback, {
    ...parameters,
    ErrorCode: String(result.failure.code),
    ErrorUrl: withoutFragment(webhook.url),
  });
  if (!('failure' in fallbackResult)) return fallbackResult;
  onFailure(fallbackResult.failure);
  return undefined;
}

async function tryFetch(
  client: WebhookClient,
  webhook: Webhook,
  parameters: Readonly<Record<string, string>>,
): Promise<FetchedDocument | { readonly failure: DocumentFailure }> {
  try {
    const response = await client.send(webhook.url, webhook.method, parameters);
    return {
      verbs: parseTwiml(response.body.toString('utf8'), response.contentType),
      url: withoutFragment(webhook.url),
    };
  } catch (error) {
    if (!(error instanceof WebhookFailedError) && !(error instanceof TwimlError)) throw error;
    return { failure: { code: error.code, message: error.message } };
  }
}

function withoutFragment(url: string): string {
  return url.split('#')[0] ?? url;
}
