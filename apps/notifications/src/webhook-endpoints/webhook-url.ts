import { CodedError } from '#libs/contracts/index.js';
import type { AddressPolicy } from '../addresses/addresses.module.js';

/**
 * Refuses a URL that webhooks may not be sent to. Host names are not resolved here but at each try.
 * @throws CodedError `address_not_allowed`
 */
export function assertAllowedUrl(url: string, policy: AddressPolicy): void {
  const problem = policy.urlProblem(url);
  if (problem === undefined) return;
  throw new CodedError('address_not_allowed', `This URL cannot be a webhook endpoint: ${problem}.`);
}
