import { Catch, HttpStatus, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InvalidWebhookError } from '#libs/ports/errors.js';
import { WebhookMetrics } from './webhook-metrics.js';

/** Answers 400 to a signed webhook with invalid content, so that it shows in the console of the carrier. */
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
