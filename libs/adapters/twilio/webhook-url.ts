/**
 * Twilio's connection overrides, in the fragment of a webhook URL: connect within 2 s, wait 5 s for the response, and
 * retry five times after a refused connection, a timeout or a 5xx, all within Twilio's total limit of 15 s. A restart
 * of the app then causes a pause of a few seconds in the conversation instead of a lost call. Source: Twilio,
 * "Webhooks: connection overrides".
 */
export const defaultConnectionOverrides = 'ct=2000&rt=5000&rc=5&rp=ct,rt,5xx';

/** Adds query parameters and connection overrides to a webhook URL. */
export function toWebhookUrl(
  url: string,
  overrides: string = defaultConnectionOverrides,
  query: Readonly<Record<string, string>> = {},
): string {
  const result = new URL(url);
  for (const [name, value] of Object.entries(query)) result.searchParams.set(name, value);
  result.hash = overrides;
  return result.href;
}
