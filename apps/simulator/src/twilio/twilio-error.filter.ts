import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { TwilioApiError } from './twilio-error.js';

/** Sends errors as Twilio's JSON on the paths of Twilio's API, and as Nest's JSON on other paths. */
@Catch(HttpException, TwilioApiError)
export class TwilioErrorFilter implements ExceptionFilter<HttpException | TwilioApiError> {
  catch(error: HttpException | TwilioApiError, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const twilioError = error instanceof TwilioApiError ? error : undefined;
    if (twilioError === undefined && !request.url.startsWith('/2010-04-01/')) {
      const exception = error as HttpException;
      void reply.status(exception.getStatus()).send(exception.getResponse());
      return;
    }
    const reported = twilioError ?? toTwilioError(error as HttpException, request);
    if (reported.status === 401) void reply.header('www-authenticate', 'Basic realm="Twilio API"');
    void reply
      .status(reported.status)
      .header('content-type', 'application/json; charset=utf-8')
      .send(reported.toJSON());
  }
}

function toTwilioError(error: HttpException, request: FastifyRequest): TwilioApiError {
  if (error.getStatus() === 404) {
    return new TwilioApiError(20404, `The requested resource ${request.url.split('?')[0] ?? ''} was not found`);
  }
  return error.getStatus() >= 500 ? new TwilioApiError(20500) : new TwilioApiError(20001, error.message);
}
