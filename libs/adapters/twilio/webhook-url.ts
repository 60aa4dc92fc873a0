/**
 * Twilio's connection overrides, in the fragment of a webhook's URL: connect within 2 s, answer within 5 s, and try five
 * times more after a refused connection, a time-out or a 5xx, all within Twilio's 15 s. A restart of the app that takes
 * some seconds then costs the customer a pause, not the call. Source: Twilio, "Webhooks: connection overrides".
 */
export const defaultConnectionOverrides = 'ct=2000&rt=5000&rc=5&rp=ct,rt,5xx';

/** Adds query parameters and the connection overrides to a webhook's URL. */
export function webhookUrl(
  url: string,
  overrides: string = defaultConnectionOverrides,
  query: Readonly<Record<string, string>> = {},
): string {
  const result = new URL(url);
  for (const [name, value] of Object.entries(query)) result.searchParams.set(name, value);
  result.hash = overrides;
  return result.href;
}
