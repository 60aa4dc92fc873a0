import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Compiles source files into `dist` as `npm run build` does.
 * @throws CompileError with what the compiler says of the first file it cannot read
 */
export async function compile(files: readonly string[]): Promise<void> {
  try {
    await run('node_modules/.bin/swc', [...files, '-d', 'dist', '--quiet']);
  } catch (error) {
    throw new CompileError(String((error as { stderr?: unknown }).stderr ?? error).trim());
  }
}

export class CompileError extends Error {
  override readonly name = 'CompileError';
}
