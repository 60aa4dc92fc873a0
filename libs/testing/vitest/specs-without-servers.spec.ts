import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findSpecsWithoutServers } from './specs-without-servers.js';

describe('specsWithoutServers', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'delauto-specs-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), source);
    }
  };
  const found = (): string[] => findSpecsWithoutServers(root, ['apps', 'libs']);

  it('finds the specs that use neither a server nor a child process, directly or indirectly', () => {
    write({
      'libs/testing/servers/index.ts': 'export const testMongo = 1;',
      'libs/testing/world.ts': "import { testMongo } from './servers/index.js';\nexport const world = testMongo;",
      'libs/guard.ts': "import { spawn } from 'node:child_process';\nexport const guard = spawn;",
      'libs/pure.ts': 'export const sum = 1;',
      'libs/direct.spec.ts': "import { testMongo } from '#libs/testing/servers/index.js';",
      'libs/indirect.spec.ts': "import {\n  world,\n} from './testing/world.js';",
      'libs/lazy.spec.ts': "it('', () => import('./testing/world.js'));",
      'libs/effect.spec.ts': "import './testing/world.js';",
      'libs/passed-on.ts': "export * from './guard.js';",
      'apps/process.spec.ts': "import { guard } from '../libs/passed-on.js';",
      'apps/pure.spec.ts': "import { sum } from '#libs/pure.js';\nimport { readFileSync } from 'node:fs';",
    });
    expect(found()).toEqual(['apps/pure.spec.ts']);
  });

  it('ignores type imports', () => {
    write({
      'libs/testing/servers/index.ts': 'export interface TestMongo { uri: string }',
      'libs/typed.spec.ts':
        "import type { TestMongo } from './testing/servers/index.js';\nimport { sum } from './pure.js';",
      'libs/pure.ts': 'export const sum = 1;',
    });
    expect(found()).toEqual(['libs/typed.spec.ts']);
  });

  it('supports circular imports', () => {
    write({
      'libs/a.ts': "export * from './b.js';",
      'libs/b.ts': "export * from './a.js';",
      'libs/circle.spec.ts': "import './a.js';",
    });
    expect(found()).toEqual(['libs/circle.spec.ts']);
  });
});
