import { HostTree, type SchematicContext, type Tree } from '@angular-devkit/schematics';
import { useCase } from './use-case.js';

const SOURCE_ROOT = 'apps/routing/src';
const MODULE = `${SOURCE_ROOT}/deliveries/deliveries.module.ts`;

async function generate(tree: Tree, name: string): Promise<Tree> {
  await useCase({ name, sourceRoot: SOURCE_ROOT })(tree, {} as SchematicContext);
  return tree;
}

function createTreeWithModule(metadata: string): Tree {
  const tree = new HostTree();
  tree.create(
    MODULE,
    `import { Module } from '@nestjs/common';\n\n@Module(${metadata})\nexport class DeliveriesModule {}\n`,
  );
  return tree;
}

describe('the use-case schematic', () => {
  it('writes the class, its spec, and the module if it does not exist', async () => {
    const tree = await generate(new HostTree(), 'deliveries/cancel-delivery');
    expect(tree.readText(`${SOURCE_ROOT}/deliveries/cancel-delivery.ts`)).toContain(
      'export class CancelDelivery {\n  execute()',
    );
    expect(tree.readText(`${SOURCE_ROOT}/deliveries/cancel-delivery.spec.ts`)).toContain("from './cancel-delivery.js'");
    expect(tree.readText(MODULE)).toBe(
      `import { Module } from '@nestjs/common';\nimport { CancelDelivery } from './cancel-delivery.js';\n\n` +
        `@Module({ providers: [CancelDelivery] })\nexport class DeliveriesModule {}\n`,
    );
  });

  it.each([
    [
      '{ providers: [A, { provide: B, useValue: [1] }], exports: [A] }',
      '{ providers: [A, { provide: B, useValue: [1] }, CancelDelivery], exports: [A] }',
    ],
    ['{ controllers: [C] }', '{ providers: [CancelDelivery], controllers: [C] }'],
    ['{}', '{ providers: [CancelDelivery] }'],
  ])('adds the use case to the providers: %s', async (before, after) => {
    const tree = await generate(createTreeWithModule(before), 'deliveries/cancel-delivery');
    expect(tree.readText(MODULE)).toContain(`@Module(${after})`);
  });

  it('rejects invalid names and modules, and does not overwrite files', async () => {
    for (const name of ['cancel-delivery', 'deliveries/cancel', 'deliveries/CancelDelivery', '../deliveries/cancel-it'])
      await expect(generate(new HostTree(), name)).rejects.toThrow('must be a feature and a verb-noun');
    const tree = createTreeWithModule('{}');
    tree.create(`${SOURCE_ROOT}/deliveries/cancel-delivery.ts`, 'mine');
    await expect(generate(tree, 'deliveries/cancel-delivery')).rejects.toThrow('exists');
    await expect(generate(createTreeWithModule('{ providers: LIST }'), 'deliveries/plan-call')).rejects.toThrow(
      'by hand',
    );
  });
});
