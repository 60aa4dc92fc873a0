import { Injectable, type CanActivate } from '@nestjs/common';

import { FaultInjector } from '../faults/faults.module.js';
import { TwilioApiError } from './twilio-error.js';

/** Injects the fault `tooManyRequests`: refuses a request before it has any effect. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly faults: FaultInjector) {}

  canActivate(): boolean {
    if (this.faults.shouldInject('tooManyRequests')) throw new TwilioApiError(20429);
    return true;
  }
}
