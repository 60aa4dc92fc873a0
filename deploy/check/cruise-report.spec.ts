import { checkCanary, checkRepository, type CruiseReport } from './cruise-report.js';

const module = (source: string, ...dependencies: string[]): CruiseReport['modules'][number] => ({
  source,
  dependencies: dependencies.map((name) => ({ module: name, couldNotResolve: name.includes('nowhere') })),
});
const report = (modules: CruiseReport['modules'], ...violations: [string, string, string][]): CruiseReport => ({
  modules,
  summary: {
    violations: violations.map(([name, from, to]) => ({ rule: { name }, from, to })),
    ruleSetUsed: { forbidden: [{ name: 'no-cycles' }, { name: 'resolvable' }] },
  },
});
const minimumCounts = { modules: 2, aliased: 1 };
const tree = [module('libs/a.ts', '#libs/b.js'), module('libs/b.ts', 'luxon'), module('node_modules/luxon/x.ts')];

describe('cruise report', () => {
  it('accepts a tree without violations and with enough modules', () => {
    expect(checkRepository(report(tree), minimumCounts)).toEqual([]);
  });

  it('rejects a run that read no modules, which dependency-cruiser itself reports as success', () => {
    expect(checkRepository(report([]), minimumCounts)).toEqual([
      'only 0 modules were read; expected 2 or more',
      'only 0 imports by alias were read; expected 1 or more',
    ]);
  });

  it('does not count packages as modules', () => {
    expect(checkRepository(report(tree), { ...minimumCounts, modules: 3 })).toHaveLength(1);
  });

  it('reports violations and unresolved imports', () => {
    const broken = report([...tree, module('libs/c.ts', './nowhere.js')], ['no-cycles', 'libs/a.ts', 'libs/b.ts']);
    expect(checkRepository(broken, minimumCounts)).toEqual([
      'no-cycles: libs/a.ts -> libs/b.ts',
      'unresolved: ./nowhere.js',
    ]);
  });

  it('requires exactly the expected violations in the canary', () => {
    const canary = report(tree, ['no-cycles', 'a', 'b'], ['resolvable', 'a', 'x']);
    expect(checkCanary(canary, ['no-cycles: a -> b', 'resolvable: a -> x'])).toEqual([]);
    expect(checkCanary(canary, ['no-cycles: a -> b', 'domain-is-pure: a -> fs'])).toEqual([
      'no longer reported: domain-is-pure: a -> fs',
      'unexpected in the canary: resolvable: a -> x',
    ]);
  });

  it('requires a canary for each rule', () => {
    expect(checkCanary(report(tree, ['no-cycles', 'a', 'b']), ['no-cycles: a -> b'])).toEqual([
      'no canary breaks the rule resolvable',
    ]);
  });
});
