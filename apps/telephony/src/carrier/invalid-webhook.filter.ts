import { Catch, HttpStatus, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InvalidWebhookError } from '#libs/ports/errors.js';
import { WebhookMetrics } from './webhook-metrics.js';

/** A genuine webhook that is not what its kind must hold: 400, so that the carrier's console shows it. */
@Catch(InvalidWebhookError)
export class InvalidWebhookFilter implements ExceptionFilter<InvalidWebhookError> {
  private readonly logger = new Logger(InvalidWebhookFilter.name);

  constructor(private readonly metrics: WebhookMetrics) {}

  catch(error: InvalidWebhookError, host: ArgumentsHost): void {
    this.metrics.webhookRejected('content');
    this.logger.warn({ field: error.field }, error.message);
    void host.switchToHttp().getResponse<FastifyReply>().status(HttpStatus.BAD_REQUEST).send({ code: error.code });
  }
}
