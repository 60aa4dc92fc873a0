import type { FastifyReply } from 'fastify';
import type { ServerOptions } from '#libs/platform/boot/boot-app.js';
import { Problem, sendProblem, sendProblemOnSocket, toProblem } from '../problems/problems.module.js';

/**
 * Characters; longer than any id. A long id then reaches the handler, which refuses it with a problem that names the
 * parameter.
 */
const MAX_PARAMETER_LENGTH = 4_096;

/** Problems for Node's parser errors, which occur before there is a request. */
const PARSER_PROBLEMS: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: Problem.of('request_timeout', 'Send the whole request without a pause.'),
  HPE_HEADER_OVERFLOW: Problem.of('headers_too_large', 'Path and headers together are limited to 16 KiB.'),
};
const MALFORMED_REQUEST = Problem.of('malformed_request', 'The bytes received are not a valid HTTP/1.1 request.');

/** Makes the HTTP server respond with problem details (RFC 9457) to errors that never reach a handler. */
export const problemServerOptions = {
  routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
  // The type also covers HTTP/2, which the gateway does not serve.
  frameworkErrors: (error, _request, reply) => sendProblem(toProblem(error), reply as unknown as FastifyReply),
  clientErrorHandler: (error, socket) => {
    if ('code' in error && error.code === 'ECONNRESET') return;
    sendProblemOnSocket(PARSER_PROBLEMS[String('code' in error ? error.code : '')] ?? MALFORMED_REQUEST, socket);
  },
} satisfies ServerOptions;
