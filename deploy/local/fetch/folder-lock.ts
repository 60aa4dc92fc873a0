import { open, readFile, rm } from 'node:fs/promises';
import { waitUntil } from '../process/wait-until.js';

/**
 * Runs `work` while holding the lock file `path`. Other processes wait. A lock whose holder has exited is taken over.
 * The lock only avoids a duplicate download; the caller's atomic rename guarantees a complete result. The small race
 * between two processes that both detect a dead holder is therefore harmless.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, deadlineMs = 600_000): Promise<T> {
  await waitUntil(
    async () => {
      if (await tryLock(path)) return true;
      if (!(await holderIsAlive(path))) await rm(path, { force: true });
      return false;
    },
    { what: `the lock ${path} (delete it if no process is fetching)`, deadlineMs, everyMs: 200 },
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
  // The file was removed, or its holder has not written its id yet: check again later.
  if (text === undefined || text === '') return true;
  try {
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
