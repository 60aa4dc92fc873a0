import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';

/** The providers, controllers and models of an app's features, without the infrastructure that connects to servers. */
export interface ModuleParts {
  readonly providers: readonly Provider[];
  readonly controllers: readonly Type[];
  /** The tokens of the Mongoose models that features inject. */
  readonly modelTokens: readonly string[];
}

type AnyModule = Type | DynamicModule;

/** Modules for servers and for the process, which in-memory replacements substitute. */
const INFRASTRUCTURE = new Set([
  'MessagingModule',
  'PersistenceModule',
  'WorkQueueModule',
  'PlatformModule',
  'ProbesModule',
  'OperationsModule',
  'LoggerModule',
  'TerminusModule',
  'MongooseCoreModule',
  'DiscoveryModule',
]);

/** Walks an app's module and the features that it imports, each once. */
export function collectModuleParts(root: AnyModule): ModuleParts {
  const providers = new Set<Provider>();
  const controllers = new Set<Type>();
  const modelTokens = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (module: AnyModule): void => {
    const type = 'module' in module ? module.module : module;
    const dynamicModule: Partial<DynamicModule> = 'module' in module ? module : {};
    if (seen.has(module) || INFRASTRUCTURE.has(type.name)) return;
    seen.add(module);
    const listDeclared = <T>(key: string, dynamic: readonly T[] | undefined): T[] => [
      ...((Reflect.getMetadata(key, type) as T[] | undefined) ?? []),
      ...(dynamic ?? []),
    ];
    const providersOfModule = listDeclared<Provider>(MODULE_METADATA.PROVIDERS, dynamicModule.providers);
    if (type.name === 'MongooseModule') {
      for (const provider of providersOfModule) {
        const token = (provider as { provide?: unknown }).provide;
        if (typeof token === 'string' && token.endsWith('Model')) modelTokens.add(token);
      }
      return;
    }
    for (const provider of providersOfModule) providers.add(provider);
    for (const controller of listDeclared<Type>(MODULE_METADATA.CONTROLLERS, dynamicModule.controllers))
      controllers.add(controller);
    for (const imported of listDeclared<AnyModule>(MODULE_METADATA.IMPORTS, dynamicModule.imports as AnyModule[]))
      visit(imported);
  };
  visit(root);
  return { providers: [...providers], controllers: [...controllers], modelTokens: [...modelTokens] };
}
