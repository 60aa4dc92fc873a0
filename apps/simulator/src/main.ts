import { ConfigurationError, loadConfig } from '#libs/platform/config/index.js';
import { Logger } from 'nestjs-pino';

import { createSimulator } from './create-simulator.js';
import { SimulatorConfig, SimulatorEnvironment } from './config/config.module.js';

/** Exit status for an invalid environment (EX_CONFIG of sysexits.h), which a restart does not fix. */
const CONFIG_ERROR_EXIT_CODE = 78;

try {
  const { app, url } = await createSimulator(new SimulatorConfig(loadConfig(SimulatorEnvironment)));
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  app.get(Logger).log(`simulator serves at ${url}`, 'Boot');
} catch (error) {
  const reason =
    error instanceof ConfigurationError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`simulator cannot start. ${reason ?? ''}\n`);
  process.exit(error instanceof ConfigurationError ? CONFIG_ERROR_EXIT_CODE : 1);
}
