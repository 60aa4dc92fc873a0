import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModuleGraph } from '../../module-graph/module-graph.js';

/** What the reloader needs of an app's process. */
export interface ReloadableApp {
  /** Ends it if it runs, starts it, and resolves when it is ready. */
  restart(): Promise<void>;
}

export interface ReloaderParts {
  /** The folder of `apps`, `libs` and `dist`. */
  readonly root: string;
  readonly apps: ReadonlyMap<string, ReloadableApp>;
  readonly graph: ModuleGraph;
  readonly compile: (files: readonly string[]) => Promise<void>;
  readonly print: (line: string) => void;
}

/** Editors save a file in several steps, and a branch switch changes many files. */
const SETTLE_MS = 150;

/** Turns changed source files into restarts, one round after the other. */
export class Reloader {
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(private readonly parts: ReloaderParts) {}

  /** Reads all modules now, so that the first change need not wait for it. */
  prepare(): void {
    this.#reachedBy([]);
  }

  /** @param source path of a TypeScript file below the root */
  changed(source: string): void {
    this.#changed.add(source);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), SETTLE_MS);
  }

  /** Resolves when no round is under way. */
  async settled(): Promise<void> {
    await this.#round;
  }

  #next(): void {
    if (this.#round) return;
    this.#round = this.#reload()
      .catch((error: unknown) => this.parts.print(`Reload failed: ${String(error)}`))
      .finally(() => {
        this.#round = undefined;
        if (this.#changed.size > 0) this.#next();
      });
  }

  async #reload(): Promise<void> {
    const { root, apps, graph, print } = this.parts;
    const sources = [...this.#changed];
    this.#changed.clear();
    const began = performance.now();
    print(`\nChanged: ${sources.join(', ')}`);
    // What a removed file concerned is known only before it is forgotten.
    const before = this.#reachedBy(sources);
    if (!(await this.#build(sources))) return;
    for (const source of sources) graph.forget(compiled(root, source));
    const concerned = [...new Set([...before, ...this.#reachedBy(sources)])];
    if (concerned.length === 0) return print('Compiled. No app that runs here imports it.');
    print(`Compiled in ${seconds(began)}. Restarting ${concerned.join(', ')}.`);
    await Promise.all(
      concerned.map(async (name) => {
        try {
          await apps.get(name)?.restart();
          print(`${name} is ready ${seconds(began)} after the change.`);
        } catch (error) {
          // Its last lines were printed when it ended.
          const [reason] = (error as Error).message.split('\n', 1);
          print(`${name} does not start and waits for the next change: ${reason ?? ''}`);
        }
      }),
    );
  }

  async #build(sources: readonly string[]): Promise<boolean> {
    const { root, compile, print } = this.parts;
    const present = sources.filter((source) => existsSync(join(root, source)));
    try {
      if (present.length > 0) await compile(present);
    } catch (error) {
      print(`Not compiled, nothing is restarted. ${(error as Error).message}`);
      return false;
    }
    const gone = sources.filter((source) => !present.includes(source)).map((source) => compiled(root, source));
    await Promise.all(gone.flatMap((file) => [rm(file, { force: true }), rm(`${file}.map`, { force: true })]));
    return true;
  }

  #reachedBy(sources: readonly string[]): string[] {
    const { root, apps, graph } = this.parts;
    const files = sources.map((source) => compiled(root, source));
    return [...apps.keys()].filter((name) => {
      const reached = graph.reachedFrom(graph.entryOf(name)).files;
      return files.some((file) => reached.has(file));
    });
  }
}

const compiled = (root: string, source: string): string => join(root, 'dist', source.replace(/\.ts$/, '.js'));

const seconds = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
