import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The first build of a client downloads its libraries. */
const TIMEOUT_MS = 900_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const SHOWN_OUTPUT_LENGTH = 4_000;

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end.
 *
 * @returns Its standard output.
 * @throws Error with the end of its output, if it fails or exceeds 15 minutes.
 */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { cwd, env = {} } = options;
  try {
    const { stdout } = await run(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      timeout: TIMEOUT_MS,
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const output = `${stdout}\n${stderr}`.trim().slice(-SHOWN_OUTPUT_LENGTH);
    throw new Error(`${program} ${args.join(' ')} failed: ${output || String(error)}`, { cause: error });
  }
}

/** The programs that build the clients, and the Debian packages that contain them. */
const DEBIAN_PACKAGES: Readonly<Record<string, string>> = {
  python3: 'python3-venv',
  javac: 'default-jdk-headless',
  mvn: 'maven',
};

/**
 * Ensures that the programs that build the clients are installed. In CI, which runs as root, missing ones are
 * installed.
 *
 * @throws Error with the command that installs what is missing.
 */
export async function requirePrograms(): Promise<void> {
  const missing: string[] = [];
  for (const [program, debianPackage] of Object.entries(DEBIAN_PACKAGES)) {
    if (!(await isInstalled(program))) missing.push(debianPackage);
  }
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.env['CI'] !== 'true') throw new Error(`The tests of client generators need more programs: ${command}`);
  await runProgram('apt-get', ['update', '-qq']);
  await runProgram('sh', ['-c', command], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

async function isInstalled(program: string): Promise<boolean> {
  const version = program === 'mvn' ? '-v' : '--version';
  return run(program, [version]).then(
    () => true,
    () => false,
  );
}
