import type { Customer } from '#libs/contracts/index.js';
import type { CustomerDocument } from '#libs/persistence/schemas/customers.js';
import { toTimeWindow } from '../deliveries/delivery.mapper.js';

/** A stored customer as others see it. */
export function toCustomer(document: CustomerDocument): Customer {
  const { name, phone, language, zone, address, position, legalBasis, callWindows } = document;
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
    ...(callWindows === undefined ? {} : { callWindows: callWindows.map(toTimeWindow) }),
  };
}
