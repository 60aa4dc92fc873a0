import { createHmac } from 'node:crypto';
import type { RunningProduct } from './running-product.js';

export type Signature = 'genuine' | 'forged' | 'any value' | 'none';

/**
 * Posts a form to telephony as the carrier would.
 *
 * @returns The response status.
 */
export async function postCarrierWebhook(
  product: RunningProduct,
  path: string,
  params: Readonly<Record<string, string>>,
  signature: Signature = 'genuine',
): Promise<number> {
  const url = `${product.urlOf('telephony')}${path}`;
  const form = { AccountSid: product.variable('TWILIO_ACCOUNT_SID', 'telephony'), ...params };
  const signedText = Object.entries(form)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .reduce((text, [name, value]) => text + name + value, url);
  const sign = (token: string): string => createHmac('sha1', token).update(signedText).digest('base64');
  const header = {
    genuine: () => sign(product.variable('TWILIO_AUTH_TOKEN', 'telephony')),
    forged: () => sign('another token altogether'),
    'any value': () => 'any value',
    none: () => undefined,
  }[signature]();
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: header === undefined ? {} : { 'x-twilio-signature': header },
  });
  await response.arrayBuffer();
  return response.status;
}
