import ts from 'typescript';

/** An `@example` of a doc comment. */
export interface Example {
  readonly file: string;
  readonly line: number;
  /** Statements; in `expression; // value` the comment states the value of the expression. */
  readonly code: string;
}

/** The examples in doc comments of a TypeScript source. */
export function extractExamples(file: string, source: string): Example[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const examples: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== 'example' || tag.parent.parent !== node) continue;
      const line = parsed.getLineAndCharacterOfPosition(tag.getStart()).line + 1;
      const code = (ts.getTextOfJSDocComment(tag.comment) ?? '').replaceAll(/^```\w*$/gm, '').trim();
      examples.push({ file, line, code });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return examples;
}

/** A statement of an example, and the value that its comment states. */
export interface Claim {
  readonly expression: string;
  readonly value: string | undefined;
}

/**
 * Splits an example into one claim per line.
 *
 * @example
 * toClaims('add(1, 2); // 3'); // [{ expression: 'add(1, 2)', value: '3' }]
 */
export function toClaims(code: string): Claim[] {
  return code
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, expression = line, value] = /^(.*\S)\s*\/\/ (.+)$/.exec(line) ?? [];
      return { expression: expression.replace(/;$/, ''), value };
    });
}
