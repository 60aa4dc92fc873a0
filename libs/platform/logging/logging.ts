import type { Params } from 'nestjs-pino';
import { currentTraceId } from '../tracing/tracing.js';

/** Paths that probes and scrapers ask every few seconds; their requests are not logged. */
const QUIET_PATHS = new Set(['/health/live', '/health/ready', '/metrics']);

/**
 * JSON lines on stdout, one a request and one a thing worth telling. No bodies, no authorisation, no signatures: a
 * request is told by method, route and status only.
 */
export function loggingOptions(app: string, level: string | undefined): Params {
  return {
    pinoHttp: {
      level: level ?? 'info',
      base: { app },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      mixin: () => {
        const traceId = currentTraceId();
        return traceId === undefined ? {} : { traceId };
      },
      formatters: { level: (label) => ({ level: label }) },
      autoLogging: { ignore: (request) => QUIET_PATHS.has(pathOf(request.url)) },
      quietReqLogger: true,
      quietResLogger: true,
      serializers: {
        req: () => undefined,
        res: () => undefined,
      },
      customProps: (request, response) => ({
        method: request.method,
        path: pathOf(request.url),
        status: response.statusCode,
      }),
      customLogLevel: (_request, response, error) =>
        error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'debug',
    },
  };
}

/** The path alone: query strings may hold tokens and phone numbers. */
function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}
