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
    const output = String((error as { stderr?: unknown }).stderr ?? error);
    // Below that stand the compiler's own stack and exit status.
    throw new CompileError(output.split('Caused by:', 1)[0]?.trim() ?? output);
  }
}

export class CompileError extends Error {
  override readonly name = 'CompileError';
}
