import { CodedError, RPC_ERROR_CODES, type Consent, type ConsentInput } from '#libs/contracts/index.js';
import type { ConsentRecordDocument } from '#libs/persistence/schemas/routing/consent-records.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import type { NewConsentRecord } from './consent-record.repository.js';

/** Legal basis of a customer without a stored one. A delivery notice permits fewer calls than consent. */
export const DEFAULT_LEGAL_BASIS = 'delivery_notice';

/** @throws CodedError `invalid_request` if `grantedAt` is in the future */
export function toConsentRecord(
  customerId: string,
  { legalBasis, grantedAt, source, evidence }: ConsentInput,
  now: Date,
): NewConsentRecord {
  const at = grantedAt === undefined ? now : new Date(grantedAt);
  if (at > now) {
    const message = 'grantedAt must not be in the future';
    throw new CodedError(RPC_ERROR_CODES.invalidRequest, message, { issues: [{ path: 'grantedAt', message }] });
  }
  const record = { customerId, legalBasis, grantedAt: at, source, recordedAt: now };
  return evidence === undefined ? record : { ...record, evidence };
}

/**
 * Maps a customer's legal basis and its history to the contract.
 * @param history newest first
 */
export function toConsent(customer: CustomerDocument, history: readonly ConsentRecordDocument[]): Consent {
  return {
    customerId: customer._id,
    legalBasis: customer.legalBasis ?? DEFAULT_LEGAL_BASIS,
    history: history.map(({ legalBasis, grantedAt, source, evidence, recordedAt }) => ({
      legalBasis,
      grantedAt: grantedAt.toISOString(),
      source,
      ...(evidence === undefined ? {} : { evidence }),
      recordedAt: recordedAt.toISOString(),
    })),
    revision: customer.revision,
  };
}
