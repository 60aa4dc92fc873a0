import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayConfig } from '../../apps/gateway/src/config/config.module.js';
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js';
import { buildOpenApiDocument } from '../../apps/gateway/src/openapi/openapi.module.js';
import { listDeclaredOperations } from '../../apps/gateway/src/openapi/openapi.module.js';
import { generateClient } from './generate-client.js';

/**
 * `node dist/sdk/generator/main.js [--check]`, run in the repository root: writes the generated part of the TypeScript
 * client. With `--check` it only compares, and exits with 1 if the committed file differs from the gateway's
 * declarations.
 */
const FILE = join('sdk', 'typescript', 'src', 'generated.ts');

/** Placeholder configuration: the module is only inspected and opens no connections. */
const PLACEHOLDER_CONFIG = Object.assign(new GatewayConfig(), {
  MONGODB_URI: 'mongodb://localhost/nowhere',
  NATS_URL: 'nats://localhost',
  REDIS_URL: 'redis://localhost',
  CUSTOMER_DATA_KEY: Buffer.alloc(32).toString('base64'),
  JWT_SECRET: 'only-read-and-never-used-for-signing',
  OPERATOR_API_KEY: 'only-read-and-never-used-for-anything',
});

const text = generateClient(buildOpenApiDocument(listDeclaredOperations(GatewayModule.forConfig(PLACEHOLDER_CONFIG))));
if (!process.argv.includes('--check')) {
  await writeFile(FILE, text);
  process.stdout.write(`Wrote ${FILE}.\n`);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== text) {
  process.stderr.write(`${FILE} is out of date. Run "npm run reference" and commit it.\n`);
  process.exitCode = 1;
}
