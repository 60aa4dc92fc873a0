import { Catch, HttpStatus, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InvalidWebhookError } from '#libs/ports/errors.js';
import { WebhookMetrics } from './webhook-metrics.js';

/** Responds with 400 to a signed webhook with invalid content, so that the error shows in the carrier's console. */
@Catch(InvalidWebhookError)
export class InvalidWebhookFilter implements ExceptionFilter<InvalidWebhookError> {
  private readonly logger = new Logger(InvalidWebhookFilter.name);

  constructor(private readonly metrics: WebhookMetrics) {}

  catch(error: InvalidWebhookError, host: ArgumentsHost): void {
    this.metrics.recordRejectedWebhook('content');
    this.logger.warn({ field: error.field }, error.message);
    void host.switchToHttp().getResponse<FastifyReply>().status(HttpStatus.BAD_REQUEST).send({ code: error.code });
  }
}
