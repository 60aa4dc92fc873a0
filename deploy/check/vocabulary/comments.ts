import { forEachComment } from 'ts-api-utils';
import ts from 'typescript';

/**
 * Converts the comments of a source to a Markdown document with the same line numbers, so that a prose linter reports
 * lines that an editor can open. Code, linter directives and `@example` blocks are omitted.
 *
 * @example
 * commentsAsMarkdown('a.ts', 'call();\n  // Retries once.'); // '\nRetries once.'
 */
export function commentsAsMarkdown(file: string, source: string): string {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const lines = source.split('\n').map(() => '');
  forEachComment(parsed, (text, { kind, pos, end }) => {
    const first = parsed.getLineAndCharacterOfPosition(pos).line;
    const comment = text.slice(pos, end);
    const body = kind === ts.SyntaxKind.SingleLineCommentTrivia ? comment.slice(2) : comment.slice(2, -2);
    toProseLines(body).forEach((line, index) => (lines[first + index] = line));
  });
  return lines.join('\n');
}

const DIRECTIVE = /^(?:eslint-|prettier-|istanbul |v8 |@ts-)/;

function toProseLines(body: string): string[] {
  let isExample = false;
  return body.split('\n').map((raw) => {
    const line = raw.replace(/^\s*\*{0,2}\s*/, '').trimEnd();
    if (line.startsWith('@')) isExample = line.startsWith('@example');
    return isExample || DIRECTIVE.test(line) ? '' : line;
  });
}
