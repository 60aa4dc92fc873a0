import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

/**
 * The baseline for reads: a NestJS server on Fastify that returns prepared response bodies. It runs in its own process,
 * as the gateway does.
 */
const bodies = new Map(
  Object.entries(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Record<string, string>),
);

@Controller()
class BareController {
  @Get('bytes/:name')
  @Header('content-type', 'application/json; charset=utf-8')
  bytes(@Param('name') name: string): string | undefined {
    return bodies.get(name);
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: ['error'] });
await app.listen(0, '127.0.0.1');
process.stdout.write(`${await app.getUrl()}\n`);
