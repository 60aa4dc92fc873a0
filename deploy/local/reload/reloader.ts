import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModuleGraph } from '../../module-graph/module-graph.js';

/** The part of an app's process that the reloader uses. */
export interface ReloadableApp {
  /** Stops the app if it runs, starts it, and resolves when it is ready. */
  restart(): Promise<void>;
}

export interface ReloaderOptions {
  /** The folder that contains `apps`, `libs` and `dist`. */
  readonly root: string;
  readonly apps: ReadonlyMap<string, ReloadableApp>;
  readonly graph: ModuleGraph;
  readonly compile: (files: readonly string[]) => Promise<void>;
  readonly print: (line: string) => void;
}

/** Time to wait for more changes: editors save a file in several steps, and a branch switch changes many files. */
const SETTLE_MS = 150;

/** Compiles changed source files and restarts the affected apps, one round at a time. */
export class Reloader {
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(private readonly options: ReloaderOptions) {}

  /** Reads the imports of all modules, so that the first change is fast. */
  prepare(): void {
    this.#appsImporting([]);
  }

  /** @param source path of a TypeScript file, relative to the root */
  addChange(source: string): void {
    this.#changed.add(source);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), SETTLE_MS);
  }

  /** Resolves when no round is in progress. */
  async whenIdle(): Promise<void> {
    await this.#round;
  }

  #next(): void {
    if (this.#round) return;
    this.#round = this.#reload()
      .catch((error: unknown) => this.options.print(`Reload failed: ${String(error)}`))
      .finally(() => {
        this.#round = undefined;
        if (this.#changed.size > 0) this.#next();
      });
  }

  async #reload(): Promise<void> {
    const { root, apps, graph, print } = this.options;
    const sources = [...this.#changed];
    this.#changed.clear();
    const began = performance.now();
    print(`\nChanged: ${sources.join(', ')}`);
    // After the graph forgets a removed file, it no longer knows which apps imported that file.
    const before = this.#appsImporting(sources);
    if (!(await this.#build(sources))) return;
    for (const source of sources) graph.forget(toCompiledPath(root, source));
    const affected = [...new Set([...before, ...this.#appsImporting(sources)])];
    if (affected.length === 0) return print('Compiled. No running app imports the change.');
    print(`Compiled in ${toSeconds(began)}. Restarting ${affected.join(', ')}.`);
    await Promise.all(
      affected.map(async (name) => {
        try {
          await apps.get(name)?.restart();
          print(`${name} is ready ${toSeconds(began)} after the change.`);
        } catch (error) {
          // The last lines of its log were printed when it exited.
          const [reason] = (error as Error).message.split('\n', 1);
          print(`${name} does not start; waiting for the next change: ${reason ?? ''}`);
        }
      }),
    );
  }

  async #build(sources: readonly string[]): Promise<boolean> {
    const { root, compile, print } = this.options;
    const existing = sources.filter((source) => existsSync(join(root, source)));
    try {
      if (existing.length > 0) await compile(existing);
    } catch (error) {
      print(`Compilation failed; no app is restarted. ${(error as Error).message}`);
      return false;
    }
    const removedFiles = sources
      .filter((source) => !existing.includes(source))
      .map((source) => toCompiledPath(root, source));
    await Promise.all(removedFiles.flatMap((file) => [rm(file, { force: true }), rm(`${file}.map`, { force: true })]));
    return true;
  }

  #appsImporting(sources: readonly string[]): string[] {
    const { root, apps, graph } = this.options;
    const files = sources.map((source) => toCompiledPath(root, source));
    return [...apps.keys()].filter((name) => {
      const importedFiles = graph.findReachedModules(graph.getEntry(name)).files;
      return files.some((file) => importedFiles.has(file));
    });
  }
}

const toCompiledPath = (root: string, source: string): string => join(root, 'dist', source.replace(/\.ts$/, '.js'));

const toSeconds = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
