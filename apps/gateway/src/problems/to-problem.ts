import { HttpException } from '@nestjs/common';
import { CodedError, ContractViolation, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { Problem } from './problem.js';

const RETRY_AFTER_SECONDS = 2;

/** Fastify's, Nest's and Node's refusals by their status; whatever else they refuse cannot be read. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'unknown_path',
  406: 'not_acceptable',
  408: 'request_timeout',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  431: 'headers_too_large',
  503: 'unavailable',
};

/** What a client is told about a failure; of an unexpected one, nothing of what is inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ContractViolation) return Problem.invalid(error.issues);
  if (error instanceof CodedError) return ofCodedError(error);
  if (error instanceof HttpException) return ofStatus(error.getStatus(), error.message);
  if (hasStatus(error)) return ofStatus(error.statusCode, error.message);
  return somethingBroke();
}

function ofCodedError({ code, message, details }: CodedError): Problem {
  if (code === RPC_ERROR_CODES.internal) return somethingBroke();
  const { issues, retryAfterMs } = details;
  const problem = Problem.of(code, message, {
    ...(issues ? { issues } : {}),
    // What will be allowed later says when.
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
  });
  return problem.status === 503 ? Problem.of(code, message, { retryAfterSeconds: RETRY_AFTER_SECONDS }) : problem;
}

function ofStatus(status: number, message: string): Problem {
  const code = CODE_OF_STATUS[status] ?? (status < 500 ? 'malformed_request' : undefined);
  if (code === undefined) return somethingBroke();
  if (code === 'unauthorized') return Problem.unauthorized();
  if (code === 'unavailable') return Problem.of(code, 'Try again soon.', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  return Problem.of(code, message);
}

const somethingBroke = (): Problem => Problem.of('internal', 'The failure is logged under this trace id.');

/** Errors of Fastify and its plugins: broken JSON, a body too large, an unknown media type. */
function hasStatus(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}
