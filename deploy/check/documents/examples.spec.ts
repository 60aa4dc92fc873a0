import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRegExp } from 'node:util/types';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { extractExamples, toClaims, type Example } from './examples.js';

const examples = globSync('{libs,deploy/check}/**/*.ts')
  .filter((file) => !/\.(?:spec|conformance)\.ts$|generated|canary/.test(file))
  .flatMap((file) => extractExamples(file, readFileSync(file, 'utf8')));

/** Evaluates an expression with the exports of the example's file in scope. */
async function evaluate({ file }: Example, expression: string): Promise<unknown> {
  const exported = (await import(resolve(file))) as Record<string, unknown>;
  return runInNewContext(`(${expression})`, { ...exported, Date, Buffer, URL });
}

/** Finds syntax errors in an example, which must be TypeScript or a command line. */
function findSyntaxErrors(code: string): string[] {
  if (/^(?:npm|npx|node) /.test(code)) return [];
  const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Converts a value of another realm to one of this realm. A regular expression becomes its text. */
const toPlainValue = (value: unknown): unknown =>
  value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value, (_, part: unknown) => (isRegExp(part) ? String(part) : part)));

describe('examples in doc comments', () => {
  it('are found', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples.map((example) => [`${example.file}:${example.line}`, example] as const))(
    '%s',
    async (_, example) => {
      expect(findSyntaxErrors(example.code)).toEqual([]);
      const claims = toClaims(example.code).filter(({ value }) => value !== undefined);
      for (const { expression, value = '' } of claims) {
        expect(toPlainValue(await evaluate(example, expression))).toEqual(toPlainValue(runInNewContext(`(${value})`)));
      }
    },
  );
});
