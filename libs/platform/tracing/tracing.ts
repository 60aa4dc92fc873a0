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

/** Whether anybody collects spans. */
let collecting = false;

/**
 * Makes the W3C trace context travel with every request and message of this process. Spans end in the processors
 * given; with none they still carry the ids that tie logs, events and calls together.
 */
export function startTracing(spanProcessors: SpanProcessor[] = []): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  collecting = spanProcessors.length > 0;
  // What nobody collects is not recorded: ids are all that such a span needs.
  const sampling = spanProcessors.length === 0 ? { sampler: new AlwaysOffSampler() } : {};
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors, ...sampling }));
}

/** The current trace id in hexadecimal, for logs and error answers; undefined outside any trace. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

const headers: TextMapGetter<FastifyRequest['headers']> = {
  keys: (carrier) => Object.keys(carrier),
  get: (carrier, key) => carrier[key],
};

/** Opens a server span for each HTTP request, continuing the caller's trace. */
export function traceHttp(server: FastifyInstance, app: string): void {
  const tracer = trace.getTracer('delauto.http');
  const spans = new WeakMap<FastifyRequest, Span>();
  server.addHook('onRequest', (request, _reply, done) => {
    const parent = propagation.extract(context.active(), request.headers, headers);
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
 * The server span of a request that was answered without the server's hooks, told when it is over: nothing happened in it that
 * could name it, so it is made only where spans are collected.
 * @param ms how long it took, until now
 */
export function traceAnswer(name: string, carrier: FastifyRequest['headers'], ms: number, status: number): void {
  if (!collecting) return;
  const parent = propagation.extract(context.active(), carrier, headers);
  const endedAt = Date.now();
  const span = trace
    .getTracer('delauto.http')
    .startSpan(name, { kind: SpanKind.SERVER, startTime: endedAt - ms }, parent);
  span.setAttribute('http.response.status_code', status).end(endedAt);
}
