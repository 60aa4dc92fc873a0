import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/**
 * Vitest's `globalSetup`: starts the coordinator of test servers, which starts each server at its first request. It does
 * not wait for the coordinator, so that unit tests start at once.
 * @returns the teardown, which ends the coordinator with its servers and resolves when the process has exited
 */
export default function setUp(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'delauto-test-'));
  const socket = join(folder, 'servers.sock');
  const serversFolder = join(project.config.root, 'libs/testing/servers');
  const log = openSync(join(folder, 'servers.log'), 'a');
  const coordinator = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--experimental-transform-types',
      '--import',
      join(serversFolder, 'typescript-sources.ts'),
      join(serversFolder, 'coordinator-main.ts'),
      socket,
      folder,
    ],
    {
      // A separate process group, so that Ctrl-C reaches only Vitest. The coordinator ends when Vitest ends.
      detached: true,
      stdio: ['pipe', log, log],
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  closeSync(log);
  coordinator.unref();
  const input = coordinator.stdin as unknown as Socket;
  input.on('error', () => undefined);
  input.unref();
  process.env['DELAUTO_TEST_SERVERS'] = socket;
  const exited = new Promise<void>((resolve) => coordinator.once('exit', () => resolve()));
  return async () => {
    coordinator.ref();
    input.end();
    await exited;
  };
}
