import { CodedError } from '#libs/contracts/index.js';
import { urlProblem, type AddressPolicy } from '../addresses/address-policy.js';

/** @throws CodedError `address_not_allowed`. Names are not resolved here but at each sending, when it counts. */
export function refuseForbiddenUrl(url: string, policy: AddressPolicy): void {
  const problem = urlProblem(url, policy);
  if (problem === undefined) return;
  throw new CodedError('address_not_allowed', `This URL cannot be a webhook endpoint: ${problem}.`);
}
