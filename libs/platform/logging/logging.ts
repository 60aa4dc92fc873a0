import type { Params } from 'nestjs-pino';
import { currentTraceId } from '../tracing/tracing.js';

/**
 * Options of the logger: JSON lines on stdout, each with its trace id. `observeHttp` logs requests. The pino middleware
 * is not installed, because it creates a logger for every request.
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
