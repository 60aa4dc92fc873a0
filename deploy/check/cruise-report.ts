/** The part of dependency-cruiser's JSON report that is checked. */
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
    /** All rules of the run, including those without violations. */
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

/** The counts below which a run is considered incomplete. */
export interface MinimumCounts {
  /** Modules of this repository. */
  readonly modules: number;
  /** Imports by alias (`#libs/…`), which a resolver may silently drop. */
  readonly aliased: number;
}

/** Formats every violation as one line, sorted. */
export function toViolationLines(report: CruiseReport): string[] {
  return report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort();
}

/**
 * Checks the run on the repository.
 * @returns violations, unresolved imports and counts below the minimum; empty if none
 */
export function checkRepository(report: CruiseReport, minimumCounts: MinimumCounts): string[] {
  const ownModules = report.modules.filter(
    ({ source }) => !/(^|\/)node_modules\//.test(source) && source.endsWith('.ts'),
  );
  const dependencies = ownModules.flatMap((module) => module.dependencies);
  const aliased = dependencies.filter(({ module }) => module.startsWith('#')).length;
  const unresolved = dependencies.filter(({ couldNotResolve }) => couldNotResolve).map(({ module }) => module);
  return [
    ...toViolationLines(report),
    ...(ownModules.length < minimumCounts.modules
      ? [`only ${ownModules.length} modules were read; expected ${minimumCounts.modules} or more`]
      : []),
    ...(aliased < minimumCounts.aliased
      ? [`only ${aliased} imports by alias were read; expected ${minimumCounts.aliased} or more`]
      : []),
    ...(unresolved.length > 0 ? [`unresolved: ${[...new Set(unresolved)].join(', ')}`] : []),
  ];
}

/**
 * Checks the run on the canary tree.
 * @returns missing and unexpected violations, and rules that no canary breaks
 */
export function checkCanary(report: CruiseReport, expected: readonly string[]): string[] {
  const found = toViolationLines(report);
  const broken = new Set(report.summary.violations.map(({ rule }) => rule.name));
  return [
    ...report.summary.ruleSetUsed.forbidden
      .filter(({ name }) => !broken.has(name))
      .map(({ name }) => `no canary breaks the rule ${name}`),
    ...expected.filter((line) => !found.includes(line)).map((line) => `no longer reported: ${line}`),
    ...found.filter((line) => !expected.includes(line)).map((line) => `unexpected in the canary: ${line}`),
  ];
}
