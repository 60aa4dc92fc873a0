import { Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { WebhookMetrics } from './webhook-metrics.js';

const SIGNATURE_HEADER = 'x-twilio-signature';

/**
 * Lets only webhooks in that the carrier signed, over the URL it knows us by and every parameter. Fails closed: whatever
 * cannot be verified is answered 403, before anything of it is read.
 */
@Injectable()
export class CarrierWebhookGuard implements CanActivate {
  private readonly logger = new Logger(CarrierWebhookGuard.name);

  constructor(
    private readonly webhooks: CarrierWebhooks,
    private readonly metrics: WebhookMetrics,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RawBodyRequest<FastifyRequest>>();
    if (this.isGenuine(request)) return true;
    this.metrics.webhookRejected('signature');
    this.logger.warn({ path: request.url.split('?', 1)[0] }, 'Refused a webhook whose signature does not verify.');
    return false;
  }

  private isGenuine(request: RawBodyRequest<FastifyRequest>): boolean {
    const signature = request.headers[SIGNATURE_HEADER];
    const { body, rawBody, originalUrl } = request;
    const isForm = typeof body === 'object' && body !== null && !Array.isArray(body);
    return this.webhooks.verify({
      url: originalUrl,
      signature: typeof signature === 'string' ? signature : undefined,
      params: isForm ? (body as WebhookParams) : {},
      rawBody,
    });
  }
}
