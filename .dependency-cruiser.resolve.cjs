/**
 * How dependency-cruiser resolves our imports, in the terms of webpack. It reads package.json's `imports` too, which lead
 * to `dist`: those edges were excluded with it and no rule saw them. Relative to the folder it runs in, so that the
 * canary's imports lead to the canary.
 */
/* global process */
const folder = process.cwd();

module.exports = {
  resolve: {
    alias: { '#libs': `${folder}/libs`, '#deploy': `${folder}/deploy` },
    extensionAlias: { '.js': ['.ts', '.js'] },
    extensions: ['.ts', '.js', '.json'],
    conditionNames: ['import', 'require', 'node', 'default', 'types'],
  },
};
