import type { Customer } from '#libs/contracts/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/routing/customers.js';
import { toPreferenceValues } from './preferences.js';

/** Converts a stored customer to its public representation. */
export function toCustomer(document: CustomerDocument, now: Date): Customer {
  const { name, phone, zone, address, position, legalBasis } = document;
  const { language, callWindows } = toPreferenceValues(document, now);
  return {
    customerId: document._id,
    name,
    phone,
    position,
    doNotCall: document.doNotCall,
    ...(language === undefined ? {} : { language }),
    ...(zone === undefined ? {} : { zone }),
    ...(address === undefined ? {} : { address }),
    ...(legalBasis === undefined ? {} : { legalBasis }),
    ...(callWindows === undefined ? {} : { callWindows }),
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
    revision: document.revision,
  };
}

/** Folds a name for search: without case and diacritics. */
export const foldName = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
