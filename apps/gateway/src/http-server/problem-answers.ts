import type { FastifyReply } from 'fastify';
import type { ServerOptions } from '#libs/platform/boot/boot-app.js';
import { Problem, sendProblem, sendProblemOnSocket, toProblem } from '../problems/problems.module.js';

/** Longer than any id, so that what is no id is refused by name and not by the router. */
const LONGEST_PARAMETER = 4_096;

/** Node's codes for what never became a request. */
const PROBLEM_OF_PARSER: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: Problem.of('request_timeout', 'Send the whole request without a pause.'),
  HPE_HEADER_OVERFLOW: Problem.of('headers_too_large', 'Path and headers together are limited to 16 KiB.'),
};
const BROKEN = Problem.of('malformed_request', 'This is not HTTP/1.1 as it should be.');

/** Options of the HTTP server by which even what no handler sees is answered with problem details. */
export const problemAnswers = {
  routerOptions: { maxParamLength: LONGEST_PARAMETER },
  // The type covers HTTP/2, too, which we do not serve.
  frameworkErrors: (error, _request, reply) => sendProblem(toProblem(error), reply as unknown as FastifyReply),
  clientErrorHandler: (error, socket) => {
    if ('code' in error && error.code === 'ECONNRESET') return;
    sendProblemOnSocket(PROBLEM_OF_PARSER[String('code' in error ? error.code : '')] ?? BROKEN, socket);
  },
} satisfies ServerOptions;
