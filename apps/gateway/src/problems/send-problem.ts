import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { currentTraceId } from '#libs/platform/tracing/tracing.js';
import type { ProblemDetails } from './problem-details.js';
import { toProblemType } from './problem-kinds.js';
import type { Problem } from './problem.js';

export const PROBLEM_MEDIA = 'application/problem+json';

/** Serializes a problem, with its response headers. */
function serialize(problem: Problem, requestId?: string): { body: string; headers: Record<string, string> } {
  const { issues, retryAfterSeconds, allow } = problem.extras;
  const traceId = currentTraceId();
  const details: ProblemDetails = {
    type: toProblemType(problem.code),
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    ...(requestId === undefined ? {} : { instance: `urn:delauto:request:${encodeURIComponent(requestId)}` }),
    ...(issues ? { errors: [...issues] } : {}),
    ...(traceId === undefined ? {} : { traceId }),
  };
  return {
    body: JSON.stringify(details),
    headers: {
      'content-type': PROBLEM_MEDIA,
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...(allow ? { allow: allow.join(', ') } : {}),
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
  };
}

/** Sends a problem as the response to a request. */
export function sendProblem(problem: Problem, reply: FastifyReply): void {
  const { body, headers } = serialize(problem, reply.request.id);
  void reply.status(problem.status).headers(headers).send(body);
}

/** Responds to input that is not a valid HTTP request, and closes the connection. */
export function sendProblemOnSocket(problem: Problem, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { body, headers } = serialize(problem);
  const headerEntries = Object.entries({
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Problem'}`,
    ...headerEntries.map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
