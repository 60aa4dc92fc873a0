import { Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { WebhookMetrics } from './webhook-metrics.js';

const SIGNATURE_HEADER = 'x-twilio-signature';

/**
 * Admits only webhooks that the carrier signed over the public URL and every parameter. Fails closed: a request that
 * cannot be verified gets 403 before its content is read.
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
    if (this.isSignatureValid(request)) return true;
    this.metrics.recordRejectedWebhook('signature');
    this.logger.warn({ path: request.url.split('?', 1)[0] }, 'Rejected a webhook with an invalid signature.');
    return false;
  }

  private isSignatureValid(request: RawBodyRequest<FastifyRequest>): boolean {
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
