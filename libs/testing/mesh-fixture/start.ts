import type { DynamicModule, INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { connectMessaging } from '#libs/messaging/index.js';

/** Starts an app of the fixture and connects its messaging. It serves no HTTP. */
export async function startInMesh(module: DynamicModule): Promise<INestApplication> {
  const app = await NestFactory.create(module, new FastifyAdapter(), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    await connectMessaging(app);
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}
