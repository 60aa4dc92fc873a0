import { defineEvent } from '../kernel/index.js';
import { ErasureReport } from '../values/index.js';

export const AnalyticsCustomerErased = defineEvent({
  subject: 'analytics.customer.erased.v1',
  payload: ErasureReport,
  consumers: ['routing'],
  summary: 'Analytics erased the timelines of an erased customer’s deliveries.',
});
