import { globSync, readFileSync } from 'node:fs';
import { marked, type Token, type Tokens } from 'marked';

/** Lists the Markdown pages of the repository, with paths relative to its root. */
export function listPages(): string[] {
  return globSync(['*.md', '{apps,bench,deploy,docs,libs,sdk,test}/**/*.md'], {
    exclude: ['**/node_modules/**'],
  }).sort();
}

/** All tokens of a page, nested ones included, in the order of the text. */
export function readTokens(page: string): Token[] {
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(readFileSync(page, 'utf8')), (token) => void tokens.push(token));
  return tokens;
}

/** The sources of a page's Mermaid diagrams. */
export function extractDiagrams(page: string): string[] {
  return readTokens(page)
    .filter((token): token is Tokens.Code => token.type === 'code' && (token as Tokens.Code).lang === 'mermaid')
    .map(({ text }) => text);
}

/**
 * The anchor that GitHub gives a heading.
 *
 * @example
 * toAnchor('Run it in Docker!'); // 'run-it-in-docker'
 */
export function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
