import { defineEvent } from '../kernel/index.js';
import { ErasureReport } from '../values/index.js';

export const NotificationsCustomerErased = defineEvent({
  subject: 'notifications.customer.erased.v1',
  payload: ErasureReport,
  consumers: ['routing'],
  summary: 'What agents and partners were told of an erased customer is gone.',
});
