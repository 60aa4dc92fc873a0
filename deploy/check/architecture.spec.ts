import { existsSync, readFileSync } from 'node:fs';

/** Returns the journeys of docs/architecture.md with the files that each lists. */
function readJourneys(): Map<string, string[]> {
  const sections = readFileSync('docs/architecture.md', 'utf8').split(/^## /m);
  const section = sections.find((text) => text.startsWith('Five journeys')) ?? '';
  const chapters = section.split(/^### /m).slice(1);
  return new Map(
    chapters.map((journey) => {
      const [title = '', ...lines] = journey.split('\n');
      return [title, lines.flatMap((line) => /^\d+\. `([^`]+)`/.exec(line)?.[1] ?? [])];
    }),
  );
}

describe('the journeys of docs/architecture.md', () => {
  it('number five', () => {
    expect(readJourneys().size).toBe(5);
  });

  it.each([...readJourneys()])('%s: every file exists and is listed once', (_title, files) => {
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(files).toEqual([...new Set(files)]);
  });
});
