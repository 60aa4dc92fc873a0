import { HttpException } from '@nestjs/common';
import { CodedError, ContractViolation, RPC_ERROR_CODES } from '#libs/contracts/index.js';
import { Problem } from './problem.js';

const RETRY_AFTER_SECONDS = 2;

/** Codes for errors of Fastify, Nest and Node, by status. Other statuses below 500 mean a malformed request. */
const CODE_BY_STATUS: Readonly<Record<number, string>> = {
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

/** Converts an error to the problem that the client receives. Unexpected errors reveal no internals. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ContractViolation) return Problem.invalid(error.issues);
  if (error instanceof CodedError) return fromCodedError(error);
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error.message);
  if (hasStatus(error)) return fromStatus(error.statusCode, error.message);
  return toInternalProblem();
}

function fromCodedError({ code, message, details }: CodedError): Problem {
  if (code === RPC_ERROR_CODES.internal) return toInternalProblem();
  const { issues, retryAfterMs } = details;
  const problem = Problem.of(code, message, {
    ...(issues ? { issues } : {}),
    // A request that will be permitted later gets `Retry-After`.
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
  });
  return problem.status === 503 ? Problem.of(code, message, { retryAfterSeconds: RETRY_AFTER_SECONDS }) : problem;
}

function fromStatus(status: number, message: string): Problem {
  const code = CODE_BY_STATUS[status] ?? (status < 500 ? 'malformed_request' : undefined);
  if (code === undefined) return toInternalProblem();
  if (code === 'unauthorized') return Problem.unauthorized();
  if (code === 'unavailable') return Problem.of(code, 'Try again soon.', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  return Problem.of(code, message);
}

const toInternalProblem = (): Problem => Problem.of('internal', 'The error is logged under this trace id.');

/** Errors of Fastify and its plugins: malformed JSON, a body too large, an unknown media type. */
function hasStatus(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}
