import { NestFactory } from '@nestjs/core';
import { BakeryModule, type BakeryOptions } from './bakery.js';

/** Runs the bakery in its own process: `main.ts '<options as JSON>'`. Prints `ready`. */
const [options] = process.argv.slice(2);
if (options === undefined) throw new Error("Usage: main.ts '<options>'");

const app = await NestFactory.createApplicationContext(BakeryModule.create(JSON.parse(options) as BakeryOptions), {
  logger: ['error', 'warn'],
});
app.enableShutdownHooks();
console.log('ready');
