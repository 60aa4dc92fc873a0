import { watch } from 'node:fs';
import { resolve } from 'node:path';
import { ModuleGraph } from '../../module-graph/module-graph.js';
import { compile } from './compile.js';
import { Reloader, type ReloadableApp } from './reloader.js';

const SOURCES = ['apps', 'libs'];

/**
 * Compiles each changed source file and restarts the apps that import it, directly or indirectly. An app that fails to
 * start stays down until the next change.
 */
export function reloadOnChange(apps: ReadonlyMap<string, ReloadableApp>): void {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const reloader = new Reloader({ root: process.cwd(), apps, graph: new ModuleGraph(process.cwd()), compile, print });
  reloader.prepare();
  for (const folder of SOURCES) {
    watch(resolve(folder), { recursive: true }, (_event, name) => {
      if (name !== null && name.endsWith('.ts')) reloader.addChange(`${folder}/${name}`);
    });
  }
  print(`Watching ${SOURCES.join(' and ')}; a change restarts the affected apps.\n`);
}
