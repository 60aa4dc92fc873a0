import { rm } from 'node:fs/promises';
import { Coordinator } from './coordinator.js';

/**
 * The process that `global-setup.ts` starts. It listens on the given socket until its standard input ends, which
 * happens whenever Vitest ends, even after a crash.
 */
const [socketPath, folder] = process.argv.slice(2);
if (socketPath === undefined) throw new Error('Usage: coordinator-main.ts SOCKET [FOLDER TO REMOVE AT THE END]');

const coordinator = new Coordinator({ report: (line) => console.log(line) });
let closing: Promise<void> | undefined;
const close = (): void => {
  closing ??= coordinator
    .close()
    .then(() => (folder === undefined ? undefined : rm(folder, { recursive: true, force: true })))
    .finally(() => process.exit(0));
};
process.stdin.on('end', close).on('error', close).resume();
process.on('SIGTERM', close);
await coordinator.listen(socketPath);
