import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BENCHES } from '../../bench/benches.js';
import { findFlaws, jsonLine, judged, readResult, reported } from '../../bench/figures.js';

const FOLDER = join(import.meta.dirname, '../../bench');

describe('the list of benches', () => {
  it('names every bench once', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(FOLDER, entry.name, 'main.ts')))
      .map(({ name }) => `${name}/main`);
    const scripts = BENCHES.map(({ script }) => script);
    expect(scripts).toEqual(expect.arrayContaining(folders));
    expect(new Set(scripts).size).toBe(scripts.length);
    expect(new Set(BENCHES.map(({ name }) => name)).size).toBe(BENCHES.length);
  });

  it.each(BENCHES)(
    'promises figures of $name, none of which is exempt in the short form',
    ({ figures, unmeasured = [] }) => {
      expect(figures.length).toBeGreaterThan(0);
      expect(figures.filter((name) => unmeasured.includes(name))).toEqual([]);
    },
  );
});

describe('the result of a bench', () => {
  const figures = { fast: judged(12, 100, 'at-most'), slow: reported(3) };

  it('is found in the output of the bench', () => {
    const output = `a table\n${jsonLine('example', figures)}\n`;
    expect(readResult(output)).toEqual({ bench: 'example', figures });
    expect(readResult('a table\nTypeError: nothing\n')).toBeUndefined();
    expect(readResult('{"bench":"exam')).toBeUndefined();
  });

  it('has a flaw if a promised figure is missing', () => {
    const result = { bench: 'example', figures };
    expect(findFlaws(result, ['fast', 'slow'])).toEqual([]);
    expect(findFlaws(result, ['fast', 'lost'])).toEqual(['lost is missing']);
  });

  it('has a flaw if any figure is not a number, unless the short form does not measure it', () => {
    const result = { bench: 'example', figures: { ...figures, unknown: reported(NaN), peer: reported(null) } };
    expect(findFlaws(result, ['fast'], ['peer'])).toEqual(['unknown is not a number']);
    expect(findFlaws(result, ['fast', 'peer'], ['unknown', 'peer'])).toEqual(['peer is missing']);
  });
});
