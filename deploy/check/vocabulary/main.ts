import { globSync, readFileSync } from 'node:fs';
import { commentsAsMarkdown } from './comments.js';
import type { Finding } from './finding.js';
import { parseVocabulary } from './glossary.js';
import { findBannedNames } from './names.js';
import { ProseLinter } from './prose.js';

/**
 * Checks that names, comments and documents use no term that `docs/glossary.md` bans, and then that every banned term
 * in a committed canary is reported. Run it in the repository root. It prints all findings, and exits with 1 if there
 * are any.
 *
 *   node dist/deploy/check/vocabulary/main.js [FOLDER OR FILE …]     checks only these
 */
const SOURCES = '{apps,libs,deploy,bench,test,sdk}/**/*.ts';
const DOCUMENTS = '{*.md,{apps,bench,deploy,docs,libs,sdk,test}/**/*.md}';
const CANARY = 'libs/testing/vocabulary-canary';
const CANARY_FINDINGS = [
  `${CANARY}/canary.md:3`,
  `${CANARY}/canary.md:5`,
  `${CANARY}/canary.ts:1`,
  `${CANARY}/canary.ts:2`,
  `${CANARY}/canary.ts:6`,
];

/** Files that must contain banned terms, because they define or check them. */
const EXEMPT = ['docs/glossary.md', 'deploy/check/vocabulary/'];

const vocabulary = parseVocabulary(readFileSync('docs/glossary.md', 'utf8'));
const linter = new ProseLinter(vocabulary.prose);

async function check(files: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.ts')) {
      findings.push(...findBannedNames(file, text, vocabulary));
      findings.push(...(await linter.lint(file, commentsAsMarkdown(file, text))));
    } else {
      findings.push(...(await linter.lint(file, text)));
    }
  }
  return findings;
}

const isCanary = (file: string): boolean => file.startsWith(CANARY);
const toPlaces = (findings: readonly Finding[]): string[] =>
  [...new Set(findings.map(({ file, line }) => `${file}:${line}`))].sort();

const onlyPaths = process.argv.slice(2);
const files = globSync([SOURCES, DOCUMENTS], { exclude: ['**/node_modules/**', 'dist/**', '**/generated/**'] })
  .filter((file) => !isCanary(file) && !EXEMPT.some((exempt) => file.startsWith(exempt)))
  .filter((file) => onlyPaths.length === 0 || onlyPaths.some((path) => file.startsWith(path.replace(/^\.\//, ''))))
  .sort();
const findings = await check(files);
const canary = toPlaces(await check(globSync(`${CANARY}/*`).sort()));

for (const { file, line, message } of findings) console.error(`${file}:${line}: ${message}`);
if (JSON.stringify(canary) !== JSON.stringify(CANARY_FINDINGS)) {
  console.error(
    `The canary must be reported at\n  ${CANARY_FINDINGS.join('\n  ')}\nand was at\n  ${canary.join('\n  ')}`,
  );
  process.exitCode = 1;
}
if (findings.length > 0) {
  console.error(`${findings.length} uses of banned words. docs/glossary.md says what to write instead.`);
  process.exitCode = 1;
}
if (process.exitCode !== 1) console.log(`The vocabulary holds: ${files.length} files, and the canary is caught.`);
