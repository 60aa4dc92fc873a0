import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { FaultsModule } from '../faults/faults.module.js';
import { TwilioErrorFilter } from './twilio-error.filter.js';

export { type ListQuery, toPageJson, paginate, getQueryValue } from './paging.js';
export { RateLimitGuard } from './rate-limit.guard.js';
export { createSid } from './sid.js';
export { TwilioAuthGuard } from './twilio-auth.guard.js';
export { parseDateFilter, formatRfc2822 } from './twilio-dates.js';
export { TwilioApiError } from './twilio-error.js';

/** The shared parts of Twilio's REST resources: authentication, rate limit, errors, paging and SIDs. */
@Module({
  imports: [FaultsModule],
  providers: [{ provide: APP_FILTER, useClass: TwilioErrorFilter }],
  // Nest creates a guard in the module of the controller that uses it, so that module needs FaultsModule.
  exports: [FaultsModule],
})
export class TwilioModule {}
