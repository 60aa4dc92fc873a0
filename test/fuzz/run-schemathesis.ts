import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardedProcess } from '#deploy/local/process/guarded-process.js';
import { toConfiguration, type FuzzedOperation } from './configuration.js';

/** Every check is listed, so that a new version of the fuzzer neither adds nor drops one silently. */
export const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
  'ignored_auth',
  'use_after_free',
] as const;

const REPORTING_TIMEOUT_MS = 30_000;

export interface FuzzOptions {
  /** The folder of the installed fuzzer. */
  readonly site: string;
  readonly url: string;
  readonly operations: readonly FuzzedOperation[];
  /** Operation ids; all operations if empty. */
  readonly only: readonly string[];
  readonly seed: number;
  readonly examples: number;
  /** After this time the run is stopped and has failed. */
  readonly deadlineMs: number;
  readonly print: (line: string) => void;
}

/** The part of the fuzzer's report that is used here. */
export interface FuzzReport {
  readonly stop_reason: string;
  readonly complete: boolean;
  readonly operations: Readonly<Record<'total' | 'selected' | 'tested' | 'errored' | 'skipped', number>>;
  readonly phases: Readonly<Record<string, { readonly status: string }>>;
  readonly test_cases: { readonly generated: number; readonly unique_failures: number; readonly errored: number };
  readonly failures: readonly {
    readonly code: string;
    readonly title: string;
    readonly count: number;
    readonly operations: readonly string[];
  }[];
  readonly errors: readonly unknown[];
  /** Accepted and rejected valid requests, by operation and phase. */
  readonly valid_rates: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
}

export interface FuzzResult {
  /** Undefined if the fuzzer did not finish. */
  readonly report: FuzzReport | undefined;
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs the fuzzer against the running gateway, over the document that it serves. */
export async function runSchemathesis(options: FuzzOptions): Promise<FuzzResult> {
  const folder = await mkdtemp(join(tmpdir(), 'delauto-fuzz-'));
  try {
    const configuration = join(folder, 'schemathesis.toml');
    const reportFile = join(folder, 'report.json');
    const logFile = join(folder, 'output.txt');
    await writeFile(configuration, toConfiguration(options.operations), { mode: 0o600 });
    const args = [
      '--config-file',
      configuration,
      'run',
      `${options.url}/openapi.json`,
      ...options.only.flatMap((id) => ['--include-operation-id', id]),
      '--checks',
      CHECKS.join(','),
      '--phases',
      'examples,coverage,fuzzing,stateful',
      '--seed',
      String(options.seed),
      '--max-examples',
      String(options.examples),
      '--generation-database',
      'none',
      '--continue-on-failure',
      '--request-timeout',
      '10',
      '--report',
      'json',
      '--report-json-path',
      reportFile,
      '--no-color',
    ];
    options.print(`schemathesis ${args.slice(3).join(' ').replace(folder, '.')}`);
    const fuzzer = await GuardedProcess.start('python3', ['-m', 'schemathesis.cli', ...args], {
      cwd: folder,
      env: { ...process.env, PYTHONPATH: options.site, COLUMNS: '120', NO_COLOR: '1' },
      logFile,
    });
    // When interrupted, the fuzzer still reports its findings.
    const interruptTimer = setTimeout(() => fuzzer.child.kill('SIGINT'), options.deadlineMs);
    const killTimer = setTimeout(() => void fuzzer.kill9(), options.deadlineMs + REPORTING_TIMEOUT_MS);
    const { code } = await fuzzer.exited;
    clearTimeout(interruptTimer);
    clearTimeout(killTimer);
    const report = await readFile(reportFile, 'utf8').catch(() => '');
    return {
      report: report === '' ? undefined : (JSON.parse(report) as FuzzReport),
      exitCode: code,
      output: await readFile(logFile, 'utf8'),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
