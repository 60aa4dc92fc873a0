import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Shared with `jest-global-teardown.ts`, which runs in the same process. */
export interface CoordinatorProcess {
  /** Ends the coordinator, which stops its servers and removes its folder. Resolves when the process has exited. */
  end(): Promise<void>;
}

/**
 * Jest's `globalSetup`: starts the coordinator of test servers, which starts each server at its first request. It does
 * not wait for the coordinator, so that unit tests start at once. Jest loads this file as CommonJS without the import
 * mapping, so it must not import files of this repository.
 */
export default function setUp(_global: unknown, project: { readonly rootDir: string }): void {
  const folder = mkdtempSync(join(tmpdir(), 'delauto-jest-'));
  const socket = join(folder, 'servers.sock');
  const serversFolder = join(project.rootDir, 'libs/testing/servers');
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
      // A separate process group, so that Ctrl-C reaches only Jest. The coordinator ends when Jest ends.
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
  (globalThis as { delautoTestServers?: CoordinatorProcess }).delautoTestServers = {
    end: async () => {
      coordinator.ref();
      input.end();
      await exited;
    },
  };
}
