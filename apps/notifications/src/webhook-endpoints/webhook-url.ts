import { CodedError } from '#libs/contracts/index.js';
import type { AddressPolicy } from '../addresses/addresses.module.js';

/**
 * Rejects a URL to which webhooks must not be sent. Host names are resolved when a webhook is sent, not here.
 * @throws CodedError `address_not_allowed`
 */
export function assertAllowedUrl(url: string, policy: AddressPolicy): void {
  const problem = policy.findUrlProblem(url);
  if (problem === undefined) return;
  throw new CodedError('address_not_allowed', `This URL cannot be a webhook endpoint: ${problem}.`);
}
