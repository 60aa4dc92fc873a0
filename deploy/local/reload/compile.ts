import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Compiles source files into `dist`, like `npm run build`.
 * @throws CompileError with the compiler's message about the first invalid file
 */
export async function compile(files: readonly string[]): Promise<void> {
  try {
    await run('node_modules/.bin/swc', [...files, '-d', 'dist', '--quiet']);
  } catch (error) {
    const output = String((error as { stderr?: unknown }).stderr ?? error);
    // The compiler's stack trace and exit status follow `Caused by:`.
    throw new CompileError(output.split('Caused by:', 1)[0]?.trim() ?? output);
  }
}

export class CompileError extends Error {
  override readonly name = 'CompileError';
}
