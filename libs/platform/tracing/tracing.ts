import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type TextMapGetter,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { AlwaysOffSampler, BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Whether a span processor collects spans. */
let isCollecting = false;

/**
 * Propagates the W3C trace context with every request and message of this process. Spans go to `spanProcessors`.
 * Without any, spans still carry the ids that correlate logs, events and calls.
 */
export function startTracing(spanProcessors: SpanProcessor[] = []): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  isCollecting = spanProcessors.length > 0;
  // Without a processor spans are not recorded: only their ids are needed.
  const sampling = spanProcessors.length === 0 ? { sampler: new AlwaysOffSampler() } : {};
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors, ...sampling }));
}

/** The current trace id in hexadecimal, for logs and error responses; `undefined` outside a trace. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

const headersGetter: TextMapGetter<FastifyRequest['headers']> = {
  keys: (carrier) => Object.keys(carrier),
  get: (carrier, key) => carrier[key],
};

/** Starts a server span for each HTTP request. The span belongs to the caller's trace, if the request has one. */
export function traceHttp(server: FastifyInstance, app: string): void {
  const tracer = trace.getTracer('delauto.http');
  const spans = new WeakMap<FastifyRequest, Span>();
  server.addHook('onRequest', (request, _reply, done) => {
    const parent = propagation.extract(context.active(), request.headers, headersGetter);
    const span = tracer.startSpan(
      `${request.method} ${request.routeOptions.url ?? 'unmatched'}`,
      { kind: SpanKind.SERVER },
      parent,
    );
    span.setAttribute('service.name', app);
    spans.set(request, span);
    context.with(trace.setSpan(parent, span), done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

/**
 * Records the server span of a request after its response, for code that responds without Fastify's hooks. No log line
 * or child span refers to it, so it is created only when spans are collected.
 * @param carrier the request's headers, which may contain the caller's trace context
 * @param ms duration of the request, which has just ended, in milliseconds
 */
export function recordServerSpan(name: string, carrier: FastifyRequest['headers'], ms: number, status: number): void {
  if (!isCollecting) return;
  const parent = propagation.extract(context.active(), carrier, headersGetter);
  const endedAt = Date.now();
  const span = trace
    .getTracer('delauto.http')
    .startSpan(name, { kind: SpanKind.SERVER, startTime: endedAt - ms }, parent);
  span.setAttribute('http.response.status_code', status).end(endedAt);
}
