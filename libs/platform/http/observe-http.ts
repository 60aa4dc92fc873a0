import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { Histogram, register } from 'prom-client';

/** Paths that probes and scrapers ask every few seconds; their requests are neither logged nor measured. */
const QUIET_ROUTES = new Set(['/health/live', '/health/ready', '/metrics']);
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const METRIC = 'delauto_http_request_seconds';
/** What no route matched is counted together: a label made from what a stranger sends would grow without bound. */
const UNMATCHED = 'unmatched';

type Observe = (seconds: number) => void;

/**
 * Logs and measures every request at its end. A request is told by method, route, path, status and time: no query (it may
 * hold tokens and phone numbers), no headers, no bodies. A hook of the server's own, not a middleware with a logger a
 * request: that alone had cost as much as answering a cached read.
 */
export function observeHttp(server: FastifyInstance): void {
  const histogram = requestSeconds();
  const observers = new Map<string, Observe>();
  const observerOf = (method: string, route: string, status: number): Observe => {
    const key = `${method} ${route} ${status}`;
    let observe = observers.get(key);
    if (!observe) {
      const child = histogram.labels({ method, route, status: String(status) });
      observe = (seconds) => child.observe(seconds);
      observers.set(key, observe);
    }
    return observe;
  };
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? UNMATCHED;
    if (!QUIET_ROUTES.has(route)) {
      observerOf(request.method, route, reply.statusCode)(reply.elapsedTime / 1_000);
      logRequest(request, reply, route);
    }
    done();
  });
}

function logRequest(request: FastifyRequest, reply: FastifyReply, route: string): void {
  const level = reply.statusCode >= 500 ? 'error' : reply.statusCode >= 400 ? 'warn' : 'debug';
  const { root } = PinoLogger;
  if (!root.isLevelEnabled(level)) return;
  const { method, id } = request;
  const fields = { method, route, path: pathOf(request.url), status: reply.statusCode, requestId: id };
  root[level]({ ...fields, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'request completed');
}

/** The registry is shared by all apps of a process, and emptied when one is built anew (in tests). */
function requestSeconds(): Histogram<'method' | 'route' | 'status'> {
  const existing = register.getSingleMetric(METRIC);
  if (existing instanceof Histogram) return existing;
  return new Histogram({
    name: METRIC,
    help: 'Answers of the HTTP server, from the request to the last byte.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
  });
}

/** The path alone: query strings may hold tokens and phone numbers. */
const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';
