/**
 * No circles of folders. Specs and fixtures are left out: a spec stands beside what it tests, and above what it needs to do so.
 */
const base = require('./.dependency-cruiser.cjs');

module.exports = {
  ...base,
  forbidden: [
    {
      name: 'no-folder-circles',
      comment: 'Folders that need each other are one folder, or hold a piece that belongs below both.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    ...base.options,
    exclude: {
      path: [...base.options.exclude.path, '\\.(spec|e2e-spec|conformance)\\.ts$', '/testing/', '^node_modules/'],
    },
  },
};
