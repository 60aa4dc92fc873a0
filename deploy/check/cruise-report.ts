/** The part of dependency-cruiser's JSON report that is judged. */
export interface CruiseReport {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly module: string; readonly couldNotResolve: boolean }[];
  }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
    /** The rules as the cruise had them; a rule that nobody broke is among them, too. */
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

/** What a cruise must at least have seen to be believed. */
export interface LeastSeen {
  /** Modules of ours. */
  readonly modules: number;
  /** Imports by alias (`#libs/…`), which a resolver may drop in silence. */
  readonly aliased: number;
}

/** Every violation as one line, sorted. */
export function violationsOf(report: CruiseReport): string[] {
  return report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort();
}

/** What is wrong with the cruise of the repository; empty when all is well. A cruise that saw too little is wrong, too. */
export function judgeRepository(report: CruiseReport, least: LeastSeen): string[] {
  const ours = report.modules.filter(({ source }) => !/(^|\/)node_modules\//.test(source) && source.endsWith('.ts'));
  const dependencies = ours.flatMap((module) => module.dependencies);
  const aliased = dependencies.filter(({ module }) => module.startsWith('#')).length;
  const unresolved = dependencies.filter(({ couldNotResolve }) => couldNotResolve).map(({ module }) => module);
  return [
    ...violationsOf(report),
    ...(ours.length < least.modules
      ? [`only ${ours.length} modules were seen, expected are ${least.modules} or more`]
      : []),
    ...(aliased < least.aliased
      ? [`only ${aliased} imports by alias were seen, expected are ${least.aliased} or more`]
      : []),
    ...(unresolved.length > 0 ? [`unresolved: ${[...new Set(unresolved)].join(', ')}`] : []),
  ];
}

/** What the rules missed, or reported beyond what was expected, on the tree that breaks them. */
export function judgeCanary(report: CruiseReport, expected: readonly string[]): string[] {
  const found = violationsOf(report);
  const broken = new Set(report.summary.violations.map(({ rule }) => rule.name));
  return [
    ...report.summary.ruleSetUsed.forbidden
      .filter(({ name }) => !broken.has(name))
      .map(({ name }) => `no canary breaks the rule ${name}`),
    ...expected.filter((line) => !found.includes(line)).map((line) => `the rules no longer see: ${line}`),
    ...found.filter((line) => !expected.includes(line)).map((line) => `unexpected in the canary: ${line}`),
  ];
}
