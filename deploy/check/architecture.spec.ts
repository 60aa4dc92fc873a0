import { existsSync, readFileSync } from 'node:fs';

/** The journeys of docs/architecture.md, each with the files it lists. */
function journeys(): Map<string, string[]> {
  const sections = readFileSync('docs/architecture.md', 'utf8').split(/^## /m);
  const section = sections.find((text) => text.startsWith('Five journeys')) ?? '';
  const found = section.split(/^### /m).slice(1);
  return new Map(
    found.map((journey) => {
      const [title = '', ...lines] = journey.split('\n');
      return [title, lines.flatMap((line) => /^\d+\. `([^`]+)`/.exec(line)?.[1] ?? [])];
    }),
  );
}

describe('the journeys of docs/architecture.md', () => {
  it('are five', () => {
    expect(journeys().size).toBe(5);
  });

  it.each([...journeys()])('%s: every file is there, and none twice', (_title, files) => {
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(files).toEqual([...new Set(files)]);
  });
});
