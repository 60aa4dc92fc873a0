import { defineEvent } from '../kernel/index.js';
import { ErasureReport } from '../values/index.js';

export const TelephonyCustomerErased = defineEvent({
  subject: 'telephony.customer.erased.v1',
  payload: ErasureReport,
  consumers: ['routing'],
  summary: 'Telephony erased the calls, messages and recordings of an erased customer, including those at the carrier.',
});
