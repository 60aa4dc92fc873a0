import type { FastifyInstance } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { Histogram, register } from 'prom-client';

/** Paths that probes and scrapers ask every few seconds; their requests are neither logged nor measured. */
const QUIET_ROUTES = new Set(['/health/live', '/health/ready', '/metrics']);
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const METRIC = 'delauto_http_request_seconds';
/** What no route matched is counted together: a label made from what a stranger sends would grow without bound. */
const UNMATCHED = 'unmatched';

/** One answer, as it is measured and logged. */
export interface Answered {
  readonly method: string;
  /** The route's pattern. */
  readonly route: string;
  readonly url: string;
  readonly status: number;
  readonly ms: number;
  readonly requestId: string;
}

/**
 * Logs and measures every request at its end. A hook of the server's own, not a middleware with a logger a request: that
 * alone had cost as much as answering a cached read.
 */
export function observeHttp(server: FastifyInstance): void {
  const observe = requestObserver();
  server.addHook('onResponse', (request, reply, done) => {
    const { method, url, id: requestId } = request;
    const route = request.routeOptions.url ?? UNMATCHED;
    if (!QUIET_ROUTES.has(route)) {
      observe({ method, route, url, status: reply.statusCode, ms: reply.elapsedTime, requestId });
    }
    done();
  });
}

/**
 * Measures and logs answers; for whoever answers without the server's hooks. A request is told by method, route, path, status
 * and time: no query (it may hold tokens and phone numbers), no headers, no bodies.
 */
export function requestObserver(): (answered: Answered) => void {
  const histogram = requestSeconds();
  const observers = new Map<string, (seconds: number) => void>();
  return (answered) => {
    const { method, route, status, ms } = answered;
    const key = `${method} ${route} ${status}`;
    let observe = observers.get(key);
    if (!observe) {
      const child = histogram.labels({ method, route, status: String(status) });
      observe = (seconds) => child.observe(seconds);
      observers.set(key, observe);
    }
    observe(ms / 1_000);
    logRequest(answered);
  };
}

function logRequest({ method, route, url, status, ms, requestId }: Answered): void {
  const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'debug';
  const { root } = PinoLogger;
  if (!root.isLevelEnabled(level)) return;
  const fields = { method, route, path: pathOf(url), status, requestId };
  root[level]({ ...fields, ms: Math.round(ms * 10) / 10 }, 'request completed');
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
