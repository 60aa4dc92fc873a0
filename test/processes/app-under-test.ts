import { fileURLToPath } from 'node:url';
import { GuardedProcess } from '#deploy/local/process/guarded-process.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
/** Lets Node run the TypeScript sources directly, so that a test never runs an outdated build. */
const HOOKS = ['servers/typescript-sources.ts', 'processes/decorated-sources.ts'].map((hook) =>
  path(`../../libs/testing/${hook}`),
);

/** An app in its own process, which a test may kill to simulate a crash. */
export class AppUnderTest {
  private current: GuardedProcess | undefined;
  private output = '';

  constructor(
    private readonly app: string,
    private readonly environment: Readonly<Record<string, string>>,
    /** Responds with status 200 when the app is ready. */
    private readonly readyUrl: string,
  ) {}

  async start(): Promise<void> {
    const main = path(`../../apps/${this.app}/src/main.ts`);
    const imports = HOOKS.flatMap((hook) => ['--import', hook]);
    const startedProcess = await GuardedProcess.start(process.execPath, ['--no-warnings', ...imports, main], {
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...this.environment },
    });
    this.current = startedProcess;
    for (const stream of [startedProcess.child.stdout, startedProcess.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output = (this.output + text).slice(-20_000)));
    }
    await waitUntil(async () => (await fetch(this.readyUrl)).ok, {
      what: `${this.app} to be ready`,
      everyMs: 100,
      giveUp: () => {
        if (!startedProcess.running) throw new Error(`${this.app} exited before it was ready:\n${this.output}`);
      },
    });
  }

  /** The last part of its output. */
  get recentOutput(): string {
    return this.output;
  }

  async kill9(): Promise<void> {
    await this.current?.kill9();
  }

  async stop(): Promise<void> {
    await this.current?.stop(5_000);
  }
}
