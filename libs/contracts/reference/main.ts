import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contractRegistry } from '../contract-registry.js';
import { renderReferenceFiles, findStaleFiles } from './reference-files.js';

/*
 * `node dist/libs/contracts/reference/main.js [--check]`, run in the repository root, writes `docs/reference/`. With
 * `--check` it only compares, and exits with 1 if the committed files differ from the contracts.
 */

/** Relative to the repository root. */
const FOLDER = join('docs', 'reference');

async function readCommitted(name: string): Promise<string | undefined> {
  try {
    return await readFile(join(FOLDER, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const options = process.argv.slice(2);
const unknownOption = options.find((option) => option !== '--check');
const files = renderReferenceFiles(contractRegistry);

if (unknownOption !== undefined) {
  process.stderr.write(`Unknown option ${unknownOption}. Usage: main.js [--check]\n`);
  process.exitCode = 2;
} else if (options.length > 0) {
  const staleNames = await findStaleFiles(files, readCommitted);
  if (staleNames.length > 0) {
    const names = staleNames.map((name) => join(FOLDER, name)).join(', ');
    process.stderr.write(
      `Out of date with the contracts: ${names}. Build, run "node dist/libs/contracts/reference/main.js" and commit ${FOLDER}.\n`,
    );
    process.exitCode = 1;
  }
} else {
  await mkdir(FOLDER, { recursive: true });
  for (const [name, text] of files) await writeFile(join(FOLDER, name), text);
  process.stdout.write(`Wrote ${[...files.keys()].join(', ')} into ${FOLDER}.\n`);
}
