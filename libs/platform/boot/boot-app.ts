import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { ContractClass } from '#libs/contracts/fields/index.js';
import { ConfigurationError, loadConfig, type AppConfig } from '../config/index.js';
import { observeHttp } from '../http/observe-http.js';
import { startTracing, traceHttp } from '../tracing/tracing.js';

/** Exit status for an invalid environment (`EX_CONFIG` in sysexits.h): a restart does not help. */
const EXIT_CONFIGURATION = 78;

/** Options of the Fastify server. */
export type ServerOptions = NonNullable<ConstructorParameters<typeof FastifyAdapter>[0]>;

/** Describes how to build an app, in production and in its tests. */
export interface Boot<C extends AppConfig> {
  readonly app: string;
  readonly config: ContractClass<C>;
  readonly module: (config: C) => DynamicModule;
  /** Options of the HTTP server in addition to those that every app has. */
  readonly server?: (config: C) => ServerOptions;
  /** Runs after the app is created and before it listens, for example to connect its messaging. */
  readonly prepare?: (nest: NestFastifyApplication, config: C) => Promise<void>;
}

/**
 * Starts an app: reads its environment, builds it, connects it and listens. An invalid environment ends the process and
 * lists every problem. Any other failure ends the process too, because a partially started app answers probes and loses
 * work.
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

/** Builds and connects an app without listening, for `bootApp` and for specs. */
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
