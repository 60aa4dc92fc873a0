import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CodedError, ContractViolation, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { currentTraceId } from '#libs/platform/tracing/tracing.js';
import { Problem } from './problem.js';

const STATUS_OF_CODE: Readonly<Record<string, readonly [status: number, title: string]>> = {
  [RPC_ERROR_CODES.invalidRequest]: [400, 'The request does not fit its contract'],
  [RPC_ERROR_CODES.notFound]: [404, 'Not found'],
  [RPC_ERROR_CODES.commandReused]: [422, 'The Idempotency-Key was used for another request'],
  [RPC_ERROR_CODES.conflict]: [409, 'Changed meanwhile'],
  [RPC_ERROR_CODES.deadlineExceeded]: [503, 'No answer in time'],
  [RPC_ERROR_CODES.unavailable]: [503, 'Part of the service is away'],
};
const RETRY_AFTER_SECONDS = 2;

/** Turns every failure into problem details with a stable type, and tells nothing of what is inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.status >= 500) this.logger.error(error, problem.title);
    const retryAfter = problem.extras.retryAfterSeconds;
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:delauto:problem:${problem.code}`,
          title: problem.title,
          status: problem.status,
          detail: problem.message,
          ...(problem.extras.issues ? { errors: problem.extras.issues } : {}),
          traceId: currentTraceId(),
        }),
      );
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ContractViolation) return Problem.invalid(error.issues);
  if (error instanceof CodedError) {
    // A code that only one contract knows is a request its owner understood and refused.
    const [status, title] =
      STATUS_OF_CODE[error.code] ??
      (error.code === RPC_ERROR_CODES.internal ? [500, 'Something broke'] : [422, 'Refused']);
    if (status === 500) return somethingBroke();
    const { issues } = error.details;
    return new Problem(status, error.code, title, error.message, {
      ...(issues ? { issues } : {}),
      ...(status === 503 ? { retryAfterSeconds: RETRY_AFTER_SECONDS } : {}),
    });
  }
  if (error instanceof HttpException) return new Problem(error.getStatus(), 'http_error', error.name, error.message);
  if (isClientError(error))
    return new Problem(error.statusCode, 'malformed_request', 'The request cannot be read', error.message);
  return somethingBroke();
}

const somethingBroke = (): Problem =>
  new Problem(500, 'internal', 'Something broke', 'The failure is logged under this trace id.');

/** Fastify's own refusals: broken JSON, a body too large, an unknown media type. */
function isClientError(error: unknown): error is Error & { statusCode: number } {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  );
}
