/** A banned term and its replacement. */
export interface BannedTerm {
  /** One or more words in lower case, separated by single spaces. */
  readonly term: string;
  readonly instead: string;
}

/** The terms that `docs/glossary.md` bans. */
export interface Vocabulary {
  readonly names: readonly BannedTerm[];
  readonly prose: readonly BannedTerm[];
  /** Names that keep a banned word, because they are stored or public. */
  readonly keptNames: ReadonlySet<string>;
}

const SECTIONS = { names: 'In names', prose: 'In prose', kept: 'Names that stay' } as const;

/**
 * Reads the tables under "In names", "In prose" and "Names that stay" of the glossary.
 *
 * @param markdown The text of `docs/glossary.md`.
 * @throws Error if a section is missing or empty, because a check without terms would pass everything.
 */
export function parseVocabulary(markdown: string): Vocabulary {
  return {
    names: readTableRows(markdown, SECTIONS.names).map(([term = '', instead = '']) => ({ term, instead })),
    prose: readTableRows(markdown, SECTIONS.prose).map(([term = '', instead = '']) => ({ term, instead })),
    keptNames: new Set(readTableRows(markdown, SECTIONS.kept).map(([name = '']) => name.replaceAll('`', ''))),
  };
}

function readTableRows(markdown: string, heading: string): string[][] {
  const section = markdown.split(/^#{2,3} /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
  if (rows.length === 0) throw new Error(`docs/glossary.md has no table under "${heading}".`);
  return rows;
}
