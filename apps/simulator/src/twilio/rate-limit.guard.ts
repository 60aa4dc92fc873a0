import { Injectable, type CanActivate } from '@nestjs/common';

import { FaultInjector } from '../faults/faults.module.js';
import { TwilioApiError } from './twilio-error.js';

/** The fault "too many requests": refuses before anything happened. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly faults: FaultInjector) {}

  canActivate(): boolean {
    if (this.faults.strikes('tooManyRequests')) throw new TwilioApiError(20429);
    return true;
  }
}
