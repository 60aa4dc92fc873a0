import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { connectMessaging } from '#libs/messaging/index.js';
import { routingModules, type RoutingServers } from './routing-modules.js';

/** Runs routing as a separate process for kill tests: `routing-process.ts '<servers as JSON>'`. Prints `ready`. */
const [servers] = process.argv.slice(2);
if (servers === undefined) throw new Error("Usage: routing-process.ts '<servers as JSON>'");

/** Short, so that another process soon takes over the work of a killed one. */
const LEASE_MS = 2_000;
/** Long enough to batch deliveries in one plan, as in production. */
const BATCH_MS = 200;

@Module({})
class RoutingProcess {}

const imports = routingModules(JSON.parse(servers) as RoutingServers, { leaseMs: LEASE_MS, batchMs: BATCH_MS });
const app = await NestFactory.create({ module: RoutingProcess, imports }, new FastifyAdapter(), {
  logger: ['error', 'warn'],
});
await connectMessaging(app);
app.enableShutdownHooks();
console.log('ready');
