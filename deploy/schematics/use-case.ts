import { basename, dirname, posix } from 'node:path';
import type { Rule, Tree } from '@angular-devkit/schematics';
import prettier from 'prettier';
import ts from 'typescript';

/** The options that the Nest CLI passes. */
export interface UseCaseOptions {
  /** The feature's folder and the use case, such as `deliveries/cancel-delivery`. */
  readonly name: string;
  /** The app's sources, such as `apps/routing/src`. */
  readonly sourceRoot: string;
}

const FEATURE_AND_VERB_NOUN = /^(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/)+[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/**
 * Generates a use case, its spec, and its entry in the providers of the feature's module. Creates the module if it does
 * not exist. Node runs this file without a build, so it may import packages but no other file of this repository.
 * @example npx nest generate use-case deliveries/cancel-delivery --project routing
 * @throws Error when the name is not `feature/verb-noun`, or the use case already exists
 */
export function useCase({ name, sourceRoot }: UseCaseOptions): Rule {
  return async (tree) => {
    if (!FEATURE_AND_VERB_NOUN.test(name))
      throw new Error(`"${name}" must be a feature and a verb-noun, such as deliveries/cancel-delivery`);
    const folder = posix.join(sourceRoot, dirname(name));
    const file = basename(name);
    const path = `${folder}/${file}.ts`;
    if (tree.exists(path)) throw new Error(`${path} already exists`);
    const className = toClassName(file);
    tree.create(path, createUseCaseSource(className));
    tree.create(`${folder}/${file}.spec.ts`, createSpecSource(className, file));
    await writeModule(tree, folder, className, file);
  };
}

const toClassName = (dashed: string): string =>
  dashed
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const createUseCaseSource = (className: string): string => `import { Injectable } from '@nestjs/common';

@Injectable()
export class ${className} {
  execute(): Promise<void> {
    return Promise.reject(new Error('${className} is not implemented yet'));
  }
}
`;

/** The generated spec fails until the use case is implemented. */
const createSpecSource = (className: string, file: string): string => `import { ${className} } from './${file}.js';

describe('${className}', () => {
  it('does its work', async () => {
    await expect(new ${className}().execute()).resolves.toBeUndefined();
  });
});
`;

async function writeModule(tree: Tree, folder: string, className: string, file: string): Promise<void> {
  const feature = basename(folder);
  const path = `${folder}/${feature}.module.ts`;
  const source = tree.exists(path) ? tree.readText(path) : createModuleSource(`${toClassName(feature)}Module`);
  const text = await prettier.format(addProvider(source, className, `./${file}.js`), {
    ...(await prettier.resolveConfig(path)),
    parser: 'typescript',
  });
  if (tree.exists(path)) tree.overwrite(path, text);
  else tree.create(path, text);
}

const createModuleSource = (className: string): string => `import { Module } from '@nestjs/common';

@Module({ providers: [] })
export class ${className} {}
`;

/** Adds an import and a provider to the source of a module. */
function addProvider(source: string, className: string, specifier: string): string {
  const file = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true);
  const metadata = findModuleMetadata(file);
  if (!metadata) throw new Error('The module has no @Module({…}) decorator; add the use case by hand');
  const providers = metadata.properties.find(
    (property): property is ts.PropertyAssignment =>
      ts.isPropertyAssignment(property) && property.name.getText() === 'providers',
  );
  const lastImport = file.statements.filter(ts.isImportDeclaration).at(-1);
  const importAt = lastImport?.getEnd() ?? 0;
  const addImport = (text: string): string =>
    `${text.slice(0, importAt)}\nimport { ${className} } from '${specifier}';${text.slice(importAt)}`;
  if (!providers) {
    const at = metadata.getStart() + 1;
    return addImport(`${source.slice(0, at)} providers: [${className}], ${source.slice(at)}`);
  }
  if (!ts.isArrayLiteralExpression(providers.initializer))
    throw new Error('The providers of the module are not an array literal; add the use case by hand');
  const { elements } = providers.initializer;
  const at = elements.at(-1)?.getEnd() ?? providers.initializer.getStart() + 1;
  return addImport(`${source.slice(0, at)}${elements.length === 0 ? '' : ', '}${className}${source.slice(at)}`);
}

/** Finds the object literal of `@Module({…})`. */
function findModuleMetadata(file: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  let found: ts.ObjectLiteralExpression | undefined;
  const visit = (node: ts.Node): void => {
    if (
      ts.isDecorator(node) &&
      ts.isCallExpression(node.expression) &&
      node.expression.expression.getText() === 'Module'
    ) {
      const [argument] = node.expression.arguments;
      if (argument && ts.isObjectLiteralExpression(argument)) found ??= argument;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
