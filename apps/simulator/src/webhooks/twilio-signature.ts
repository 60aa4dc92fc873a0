import { createHmac } from 'node:crypto';

/**
 * Computes `X-Twilio-Signature`: base64 of HMAC-SHA1, keyed by the auth token, over the URL (with query, without
 * fragment) followed by the name and value of each POST parameter, sorted by name. Source: Twilio, "Webhooks security".
 */
export function computeTwilioSignature(
  authToken: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
): string {
  const signedText = Object.keys(parameters)
    .sort()
    .reduce((text, name) => text + name + (parameters[name] ?? ''), url);
  return createHmac('sha1', authToken).update(signedText, 'utf8').digest('base64');
}
