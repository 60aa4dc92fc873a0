import type { FastifyInstance } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { Histogram, register } from 'prom-client';

/** Routes that probes and scrapers request every few seconds. They are neither logged nor measured. */
const UNOBSERVED_ROUTES = new Set(['/health/live', '/health/ready', '/metrics']);
const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const METRIC = 'delauto_http_request_seconds';
/** The label of all requests without a route. Their paths as labels would have unbounded cardinality. */
const UNMATCHED_ROUTE = 'unmatched';

/** One HTTP response, as it is measured and logged. */
export interface ObservedResponse {
  readonly method: string;
  /** The route's pattern. */
  readonly route: string;
  readonly url: string;
  readonly status: number;
  /** Duration from the request to the last byte of the response, in milliseconds. */
  readonly ms: number;
  readonly requestId: string;
}

/**
 * Logs and measures every request when its response is sent. It uses a Fastify hook, because a middleware that creates
 * a logger for each request took as much time as answering a cached read.
 */
export function observeHttp(server: FastifyInstance): void {
  const observe = createRequestObserver();
  server.addHook('onResponse', (request, reply, done) => {
    const { method, url, id: requestId } = request;
    const route = request.routeOptions.url ?? UNMATCHED_ROUTE;
    if (!UNOBSERVED_ROUTES.has(route)) {
      observe({ method, route, url, status: reply.statusCode, ms: reply.elapsedTime, requestId });
    }
    done();
  });
}

/**
 * Returns a function that measures and logs a response, for code that responds without Fastify's hooks. It logs method,
 * route, path, status and duration, but no query string (which may contain tokens and phone numbers), headers or
 * bodies.
 */
export function createRequestObserver(): (response: ObservedResponse) => void {
  const histogram = getOrCreateHistogram();
  const observers = new Map<string, (seconds: number) => void>();
  return (response) => {
    const { method, route, status, ms } = response;
    const key = `${method} ${route} ${status}`;
    let observe = observers.get(key);
    if (!observe) {
      const child = histogram.labels({ method, route, status: String(status) });
      observe = (seconds) => child.observe(seconds);
      observers.set(key, observe);
    }
    observe(ms / 1_000);
    logRequest(response);
  };
}

function logRequest({ method, route, url, status, ms, requestId }: ObservedResponse): void {
  const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'debug';
  const { root } = PinoLogger;
  if (!root.isLevelEnabled(level)) return;
  const fields = { method, route, path: toPath(url), status, requestId };
  root[level]({ ...fields, ms: Math.round(ms * 10) / 10 }, 'Request completed');
}

/** Reuses the registered histogram: all apps of a process share the registry, and tests clear it between apps. */
function getOrCreateHistogram(): Histogram<'method' | 'route' | 'status'> {
  const existing = register.getSingleMetric(METRIC);
  if (existing instanceof Histogram) return existing;
  return new Histogram({
    name: METRIC,
    help: 'Duration of HTTP requests, from the request to the last byte of the response.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_SECONDS,
  });
}

/** Removes the query string, which may contain tokens and phone numbers. */
const toPath = (url: string): string => url.split('?', 1)[0] ?? '';
