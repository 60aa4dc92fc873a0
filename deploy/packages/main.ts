import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { removeOtherPackages } from './remove-other-packages.js';
import { removeUnusedFiles } from './remove-unused-files.js';

const HELP = `Reduces the size of node_modules.

  node dist/deploy/packages/main.js                        removes files for other platforms; every build does this
  node dist/deploy/packages/main.js --list APP --to FILE   writes the packages that an app can import
  node dist/deploy/packages/main.js --keep FILE            removes all other packages; only for the image of one app
`;

const { values } = parseArgs({
  options: { list: { type: 'string' }, to: { type: 'string' }, keep: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) {
  process.stdout.write(HELP);
} else if (values.list !== undefined && values.to !== undefined) {
  // Loaded on demand, because it needs TypeScript, which is not installed where the other modes run.
  const { listAppPackages } = await import('./packages-of-app.js');
  const packages = listAppPackages(process.cwd(), values.list);
  await writeFile(values.to, `${packages.join('\n')}\n`);
} else {
  if (values.keep !== undefined) {
    const keep = (await readFile(values.keep, 'utf8')).split('\n').filter((line) => line !== '');
    const removed = await removeOtherPackages('node_modules', keep);
    process.stdout.write(`Removed ${removed} packages that this app does not import.\n`);
  }
  const freed = await removeUnusedFiles('node_modules');
  if (freed > 0)
    process.stdout.write(`Removed ${Math.round(freed / 2 ** 20)} MB of packages that this machine does not use.\n`);
}
