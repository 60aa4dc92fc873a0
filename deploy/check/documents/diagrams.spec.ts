import { renderMermaidSVG } from 'beautiful-mermaid';
import { extractDiagrams, listPages } from './markdown.js';

const diagrams = listPages().flatMap((page) =>
  extractDiagrams(page).map((source, index) => ({ page, number: index + 1, source })),
);

/** The texts that the rendered diagram must contain: labels of nodes, arrows and messages. */
function extractLabels(source: string): string[] {
  return source
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const message =
        /^\s*\S+\s*-?->>?\s*\S+\s*:\s*(.+)$/.exec(line)?.[1] ?? /^\s*Note over [^:]+:\s*(.+)$/.exec(line)?.[1];
      const participant = /^\s*participant \S+ as (.+)$/.exec(line)?.[1];
      const inBrackets = [...line.matchAll(/\[([^\]]+)\]|\|([^|]+)\|/g)].map(([, node, arrow]) => node ?? arrow ?? '');
      return [message, participant, ...inBrackets].filter((label) => label !== undefined);
    });
}

const toText = (svg: string): string =>
  svg
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

describe('diagrams in documents', () => {
  it('are in the README and the architecture', () => {
    expect(diagrams.map(({ page }) => page)).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
  });

  it.each(diagrams)('render with every label: $page, diagram $number', ({ source }) => {
    const text = toText(renderMermaidSVG(source));
    expect(extractLabels(source).length).toBeGreaterThan(3);
    expect(extractLabels(source).filter((label) => !text.includes(label))).toEqual([]);
  });
});
