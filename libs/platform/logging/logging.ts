import type { Params } from 'nestjs-pino';
import { currentTraceId } from '../tracing/tracing.js';

/**
 * JSON lines on stdout, each with the trace it belongs to. Requests are logged by `observeHttp`, so no middleware is
 * installed: it made a logger of its own for every request.
 */
export function loggingOptions(app: string, level: string | undefined): Params {
  return {
    forRoutes: [],
    pinoHttp: {
      level: level ?? 'info',
      base: { app },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      mixin: () => {
        const traceId = currentTraceId();
        return traceId === undefined ? {} : { traceId };
      },
      formatters: { level: (label) => ({ level: label }) },
    },
  };
}
