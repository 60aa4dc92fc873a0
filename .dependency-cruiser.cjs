/**
 * The direction of dependencies: apps → adapters → ports → domain, and apps → messaging, persistence, platform →
 * contracts; and who may enter where. `deploy/check/boundaries.ts` runs this over the tree, and over a committed canary
 * that must fail. Circles of folders are looked for by `.dependency-cruiser.folders.cjs`.
 */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Lists of permitted values (`*.values.ts`), the one part of the domain that contracts and schemas know. */
const VALUES = '^libs/domain/.+\\.values\\.ts$';

/** The one file of a feature that others import: it is named like its folder. */
const DOOR = '^apps/[^/]+/src/([^/]+)/\\1\\.module\\.ts$';

/** A spec may look behind any door of its own app; so may what builds an app for its specs. */
const BESIDE_PRODUCTION = '(\\.spec\\.ts$|/src/testing/)';

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle means two files are one.', {}, { circular: true }),
    rule('nothing-imports-apps', 'Apps talk over NATS.', { path: '^(libs|deploy)/' }, { path: '^apps/' }),
    rule(
      'no-app-to-app',
      'An app never imports another app’s code.',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule(
      'domain-is-pure',
      'Domain code knows no framework, I/O or other layer.',
      { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      {
        pathNot: [
          '^libs/domain/',
          '^node_modules/(luxon|@types/luxon|libphonenumber-js|chrono-node|geo-tz|@orama/stemmers)/',
        ],
      },
    ),
    rule(
      'ports-know-only-domain',
      'A port is an interface.',
      { path: '^libs/ports/' },
      { path: '^(libs/(?!ports/|domain/)|node_modules/)' },
    ),
    rule(
      'no-port-calls-another',
      'Use cases combine ports.',
      { path: '^libs/ports/([^/]+)\\.ts' },
      { path: '^libs/ports/', pathNot: '^libs/ports/($1|errors)' },
    ),
    rule(
      'adapters-know-ports-and-domain',
      'An adapter hides one vendor behind one port.',
      { path: '^libs/adapters/', pathNot: '\\.(spec|conformance)\\.ts$' },
      { path: '^libs/(?!adapters/|ports/|domain/|sealing/|http/)' },
    ),
    rule(
      'contracts-are-a-leaf',
      'Contracts depend on nothing of ours but lists of values, of which each exists once.',
      { path: '^libs/contracts/', pathNot: '\\.spec\\.ts$' },
      { path: '^libs/(?!contracts/)', pathNot: VALUES },
    ),
    rule('values-import-nothing', 'A list of values comes into every app with the contracts.', { path: VALUES }, {}),
    rule(
      'schemas-know-only-values',
      'A schema takes its lists of values from the domain, and nothing else.',
      { path: '^libs/persistence/schemas/', pathNot: '\\.spec\\.ts$' },
      { path: '^libs/(domain|ports|adapters|testing)/', pathNot: VALUES },
    ),
    rule(
      'infrastructure-knows-no-business',
      'Messaging, persistence, work-queue and platform know contracts, not domain or vendors.',
      {
        path: '^libs/(messaging|persistence|work-queue|platform)/',
        pathNot: ['\\.spec\\.ts$', '^libs/persistence/schemas/'],
      },
      { path: '^libs/(domain|ports|adapters|testing)/' },
    ),
    rule(
      'adapters-only-in-composition-roots',
      'Only an app’s module file chooses adapters.',
      { path: '^apps/', pathNot: '\\.(module|spec)\\.ts$' },
      { path: '^libs/adapters/' },
    ),
    rule(
      'no-test-code-in-production',
      'Test support stays in tests.',
      { path: '^(apps|libs|deploy)/', pathNot: '(\\.spec|\\.conformance)\\.ts$|/testing/' },
      { path: '/testing/', pathNot: 'node_modules' },
    ),
    rule(
      'no-dev-dependencies',
      'What runs in production is a production dependency.',
      { path: '^(apps|libs)/', pathNot: '(\\.spec|\\.conformance)\\.ts$|/testing/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'chaos-shares-nothing',
      'What judges the product’s promises from outside shares no code with it.',
      { path: '^test/chaos/' },
      { path: '^(apps|libs|sdk|web|bench|deploy|test)/', pathNot: ['^test/chaos/', '^deploy/local/stack/'] },
    ),
    rule(
      'chaos-starts-the-stack-in-one-place',
      'Only the file that starts the stack knows of it.',
      { path: '^test/chaos/', pathNot: '^test/chaos/environment/environment\\.ts$' },
      { path: '^deploy/' },
    ),
    rule(
      'features-have-one-door',
      'A feature is imported through its <feature>.module.ts; what that does not export is nobody else’s.',
      { path: '^apps/([^/]+)/src/([^/]+)/', pathNot: BESIDE_PRODUCTION },
      { path: '^apps/$1/src/[^/]+/', pathNot: ['^apps/$1/src/$2/', DOOR] },
    ),
    rule(
      'features-are-composed-by-their-doors',
      'What composes an app, and what tests and measures it from outside, uses the same doors as its features.',
      { path: '^(apps/[^/]+/src/[^/]+|(test|bench|deploy|sdk|libs)/.+)\\.ts$', pathNot: '^apps/.*\\.spec\\.ts$' },
      { path: '^apps/[^/]+/src/[^/]+/', pathNot: [DOOR, '^apps/[^/]+/src/testing/'] },
    ),
    rule(
      'apps-read-their-own-collections',
      'Only the owner of a collection knows its schema; others ask by RPC or listen to events.',
      { path: '^apps/([^/]+)/' },
      { path: '^libs/persistence/schemas/', pathNot: '^libs/persistence/schemas/$1/' },
    ),
    rule(
      'schemas-know-their-owner-alone',
      'A schema shares no types with another app’s.',
      { path: '^libs/persistence/schemas/([^/]+)/' },
      { path: '^libs/persistence/schemas/', pathNot: '^libs/persistence/schemas/$1/' },
    ),
    rule(
      'schemas-belong-to-apps',
      'Nothing but an app reads a collection.',
      { path: '^(libs|deploy|test|bench|sdk)/', pathNot: '^libs/persistence/schemas/' },
      { path: '^libs/persistence/schemas/' },
    ),
    rule('resolvable', 'Every import resolves.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^libs/testing/boundary-canary/'] },
    tsConfig: { fileName: require.resolve('./tsconfig.json') },
    webpackConfig: { fileName: require.resolve('./.dependency-cruiser.resolve.cjs') },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
