import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';

import { observeHttp } from '#libs/platform/http/observe-http.js';
import type { SimulatorConfig } from './config/config.module.js';
import { SimulatorModule } from './simulator.module.js';

/** Creates the simulator and starts to listen. @returns the application and its URL */
export async function createSimulator(
  config: SimulatorConfig,
  host = '0.0.0.0',
): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await NestFactory.create<NestFastifyApplication>(
    SimulatorModule.forConfig(config),
    new FastifyAdapter({ requestIdHeader: false, forceCloseConnections: true, bodyLimit: 1024 * 1024 }),
    { bufferLogs: true, abortOnError: false, rawBody: true },
  );
  app.useLogger(app.get(Logger));
  app.flushLogs();
  observeHttp(app.getHttpAdapter().getInstance());
  app.useBodyParser('application/octet-stream', { bodyLimit: 64 * 1024 });
  await app.listen(config.port, host);
  const url = (await app.getUrl()).replace('0.0.0.0', '127.0.0.1').replace('[::1]', '127.0.0.1');
  config.useListeningUrl(url);
  return { app, url };
}
