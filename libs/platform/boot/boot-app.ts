import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { ContractClass } from '#libs/contracts/fields/index.js';
import { ConfigurationError, loadConfig, type AppConfig } from '../config/index.js';
import { observeHttp } from '../http/observe-http.js';
import { startTracing, traceHttp } from '../tracing/tracing.js';

/** Exit status for a wrong environment (EX_CONFIG of sysexits.h): restarting will not help. */
const EXIT_CONFIGURATION = 78;

export type ServerOptions = NonNullable<ConstructorParameters<typeof FastifyAdapter>[0]>;

/** How one app is built, in production and in its own tests. */
export interface Boot<C extends AppConfig> {
  readonly app: string;
  readonly config: ContractClass<C>;
  readonly module: (config: C) => DynamicModule;
  /** Of the HTTP server, beside those every app has. */
  readonly server?: (config: C) => ServerOptions;
  /** What is to happen between creating the app and serving, e.g. connecting its messaging. */
  readonly prepare?: (nest: NestFastifyApplication, config: C) => Promise<void>;
}

/**
 * Starts one app: reads its environment, builds it, connects it, serves. A wrong environment ends the process with
 * all its mistakes listed; any other failure to start ends it too, because half an app answers probes and loses work.
 */
export async function bootApp<C extends AppConfig>(boot: Boot<C>): Promise<void> {
  try {
    await start(boot);
  } catch (error) {
    const reason =
      error instanceof ConfigurationError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${boot.app} cannot start. ${reason ?? ''}\n`);
    process.exit(error instanceof ConfigurationError ? EXIT_CONFIGURATION : 1);
  }
}

/** The app as it serves, built and connected but not listening: what `bootApp` starts, and what specs put to the test. */
export async function createApp<C extends AppConfig>(boot: Boot<C>, config: C): Promise<NestFastifyApplication> {
  startTracing();
  const nest = await NestFactory.create<NestFastifyApplication>(
    boot.module(config),
    new FastifyAdapter({ requestIdHeader: false, forceCloseConnections: 'idle', ...boot.server?.(config) }),
    { bufferLogs: true, abortOnError: false, rawBody: true },
  );
  nest.useLogger(nest.get(Logger));
  nest.flushLogs();
  const server = nest.getHttpAdapter().getInstance();
  traceHttp(server, boot.app);
  observeHttp(server);
  await boot.prepare?.(nest, config);
  return nest;
}

async function start<C extends AppConfig>(boot: Boot<C>): Promise<void> {
  const startedAt = performance.now();
  const config = loadConfig(boot.config);
  const nest = await createApp(boot, config);
  nest.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await nest.listen(config.PORT, '0.0.0.0');
  const readyMs = Math.round(performance.now() - startedAt);
  nest.get(Logger).log(`${boot.app} serves at ${await nest.getUrl()} after ${readyMs} ms`, 'Boot');
}
