import { CodedError } from '#libs/contracts/index.js';
import type { AddressPolicy } from '../addresses/addresses.module.js';

/** @throws CodedError `address_not_allowed`. Names are not resolved here but at each sending, when it counts. */
export function refuseForbiddenUrl(url: string, policy: AddressPolicy): void {
  const problem = policy.urlProblem(url);
  if (problem === undefined) return;
  throw new CodedError('address_not_allowed', `This URL cannot be a webhook endpoint: ${problem}.`);
}
