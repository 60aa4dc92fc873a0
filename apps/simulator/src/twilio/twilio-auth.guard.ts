import { timingSafeEqual } from 'node:crypto';

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { SimulatorConfig } from '../config/config.module.js';
import { TwilioApiError } from './twilio-error.js';

/** HTTP basic authentication by account SID and auth token, for the account named in the path. */
@Injectable()
export class TwilioAuthGuard implements CanActivate {
  constructor(private readonly config: SimulatorConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { accountSid?: string } }>>();
    const [scheme, credentials] = (request.headers.authorization ?? '').split(' ');
    const actual = Buffer.from(credentials ?? '', 'base64');
    const expected = Buffer.from(`${this.config.accountSid}:${this.config.authToken}`);
    const isAuthentic =
      scheme?.toLowerCase() === 'basic' && actual.length === expected.length && timingSafeEqual(actual, expected);
    if (!isAuthentic || request.params.accountSid !== this.config.accountSid) throw new TwilioApiError(20003);
    return true;
  }
}
