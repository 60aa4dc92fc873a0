import { defineEvent } from '../kernel/index.js';
import { ErasureReport } from '../values/index.js';

export const NotificationsCustomerErased = defineEvent({
  subject: 'notifications.customer.erased.v1',
  payload: ErasureReport,
  consumers: ['routing'],
  summary: 'Notifications erased the messages and webhooks about an erased customer.',
});
