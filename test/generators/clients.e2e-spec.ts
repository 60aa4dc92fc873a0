import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningProduct } from '../front-door/running-product.js';
import { readDocument } from '../front-door/document.js';
import { OrganizationFixture } from '../front-door/organization-fixture.js';
import { goCompiler, linter, openApiGenerator, pythonGenerator, typescriptGenerator } from './generators.js';
import { requirePrograms, runProgram } from './programs.js';

const ROOT = join(import.meta.dirname, '..', '..');
/** Fewer than the schemas of the document, but more than a generator writes before it fails. */
const MIN_MODELS = 200;

/** Generators read `/openapi.json`, their output compiles, and the generated client works. */
describe('a client generated from the document of a running gateway', () => {
  let product: RunningProduct;
  let folder: string;
  let document: string;

  beforeAll(async () => {
    await requirePrograms();
    folder = await mkdtemp(join(tmpdir(), 'delauto-generators-'));
    document = join(folder, 'openapi.json');
    product = await RunningProduct.open({ logLevel: 'warn' });
    await writeFile(document, JSON.stringify(await readDocument(product), null, 2));
  });

  afterAll(async () => {
    await product?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('passes redocly lint without warnings', async () => {
    for (const name of ['redocly.yaml', '.redocly.lint-ignore.yaml']) {
      await copyFile(join(ROOT, name), join(folder, name));
    }
    const redocly = join(await linter(), 'redocly');
    const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const report = await runProgram(redocly, ['lint', 'openapi.json', '--format=json'], { cwd: folder, env });
    const { totals, problems } = JSON.parse(report) as { totals: Record<string, number>; problems: unknown[] };
    expect(problems.filter((problem) => !(problem as { ignored?: boolean }).ignored)).toEqual([]);
    // Exactly the entries of .redocly.lint-ignore.yaml, so that an obsolete entry is noticed.
    expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 1 });
  });

  it('for Python, by openapi-python-client, compiles, imports, and creates a delivery', async () => {
    const python = await pythonGenerator();
    const config = join(folder, 'python.yaml');
    await writeFile(config, 'post_hooks: []\n');
    const client = join(folder, 'delauto_client');
    const generate = ['-m', 'openapi_python_client', 'generate', '--path', document, '--config', config];
    await runProgram(python, [...generate, '--meta', 'none', '--output-path', client]);
    await runProgram(python, ['-m', 'compileall', '-q', client]);
    const env = { PYTHONPATH: folder };
    const imported = await runProgram(python, [join(import.meta.dirname, 'import_all.py')], { env });
    expect(Number(imported)).toBeGreaterThan(MIN_MODELS);

    const organization = await OrganizationFixture.build(product, 0);
    const printed = await runProgram(python, [join(import.meta.dirname, 'create_delivery.py')], {
      env: {
        ...env,
        DELAUTO_URL: product.url,
        DELAUTO_KEY: organization.adminKey,
        DELAUTO_PHONE: organization.phone(),
        DELAUTO_ZONE: organization.place.zone,
      },
    });
    const { deliveryId } = JSON.parse(printed) as { deliveryId: string };
    expect(await organization.requestAsAdmin('GET', `/v1/deliveries/${deliveryId}`)).toMatchObject({
      deliveryId,
      reference: 'made-by-python',
    });
  });

  it('for TypeScript, by @hey-api/openapi-ts, compiles in strict mode', async () => {
    const programs = await typescriptGenerator();
    const client = join(folder, 'typescript');
    const script = (name: string): string => join(programs, name);
    await runProgram(process.execPath, [script('openapi-ts'), '-i', document, '-o', client], { cwd: folder });
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext'];
    await runProgram(process.execPath, [script('tsc'), ...options, join(client, 'index.ts')], { cwd: folder });
    expect(await readdir(client)).toEqual(expect.arrayContaining(['sdk.gen.ts', 'types.gen.ts']));
  });

  describe('by OpenAPI Generator', () => {
    const output = (language: string): string => join(folder, language);

    beforeAll(async () => {
      // One run for both, because most of the time is spent starting the JVM and reading the document.
      const writeSettings = async (generatorName: string, options: object): Promise<string> => {
        const file = join(folder, `${generatorName}.json`);
        const common = { inputSpec: document, outputDir: output(generatorName), generatorName };
        await writeFile(file, JSON.stringify({ ...common, ...options }));
        return file;
      };
      const java = await writeSettings('java', { library: 'native' });
      const go = await writeSettings('go', { packageName: 'delauto', gitHost: 'partner.example', isGoSubmodule: true });
      await runProgram('java', ['-jar', await openApiGenerator(), 'batch', '--fail-fast', java, go], { cwd: folder });
    });

    it('for Java compiles', async () => {
      const client = output('java');
      await runProgram('mvn', ['-q', '-B', '-Dmaven.test.skip=true', 'compile'], { cwd: client });
      const models = await readdir(join(client, 'target', 'classes', 'org', 'openapitools', 'client', 'model'));
      expect(models.length).toBeGreaterThan(MIN_MODELS);
    });

    it('for Go compiles', async () => {
      const client = output('go');
      await runProgram(await goCompiler(), ['build', './...'], { cwd: client, env: { GOFLAGS: '-mod=mod' } });
      const models = (await readdir(client)).filter((name) => name.startsWith('model_'));
      expect(models.length).toBeGreaterThan(MIN_MODELS);
    });
  });
});
