import { open, readFile, rm } from 'node:fs/promises';
import { waitUntil } from '../process/wait-until.js';

/**
 * Runs `work` while holding the lock file `path`; a second process waits. A lock whose holder has died is taken over.
 * It saves a double download and nothing more: what makes the result whole is the atomic rename by the caller, so the
 * small race between two processes that both see a dead holder is harmless.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, deadlineMs = 600_000): Promise<T> {
  await waitUntil(
    async () => {
      if (await tryLock(path)) return true;
      if (!(await holderIsAlive(path))) await rm(path, { force: true });
      return false;
    },
    { what: `the lock ${path} (delete it if nobody is fetching)`, deadlineMs, everyMs: 200 },
  );
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderIsAlive(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  // Gone, or not yet written by its holder: look again later.
  if (text === undefined || text === '') return true;
  try {
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
