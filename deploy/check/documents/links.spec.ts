import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Tokens } from 'marked';
import { listPages, toAnchor, readTokens } from './markdown.js';

const readAnchors = (page: string): Set<string> =>
  new Set(
    readTokens(page).flatMap((token) => (token.type === 'heading' ? [toAnchor((token as Tokens.Heading).text)] : [])),
  );

/** Returns the file that a link refers to; the gateway serves the guides of `docs/api` under `/docs`. */
function resolveLink(page: string, path: string): string | undefined {
  const guide = /^\/docs\/([a-z-]+)$/.exec(path)?.[1];
  if (guide === 'changelog') return 'docs/api/CHANGELOG.md';
  if (guide === 'webhook-events') return 'docs/api/webhooks.md';
  if (guide !== undefined) return `docs/api/${guide}.md`;
  return path === '' ? page : normalize(join(dirname(page), path));
}

/** Pages that the gateway generates from its API description. */
const GENERATED = new Set(['/docs', '/docs/', '/docs/problems', '/openapi.json']);

function findBrokenLinks(page: string): string[] {
  return readTokens(page).flatMap((token) => {
    if (token.type !== 'link' && token.type !== 'image') return [];
    const { href } = token as Tokens.Link;
    if (/^(?:https?|mailto):/.test(href)) return [];
    const [path = '', anchor] = href.split('#');
    if (GENERATED.has(path)) return [];
    const file = resolveLink(page, path);
    if (file === undefined || !existsSync(file)) return [href];
    return anchor === undefined || readAnchors(file).has(anchor) ? [] : [href];
  });
}

describe('links in documents', () => {
  it.each(listPages())('%s links only to files and headings that exist', (page) => {
    expect(findBrokenLinks(page)).toEqual([]);
  });
});
