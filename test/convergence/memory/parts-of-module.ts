import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';

/** An app's own parts: those of its features, without the infrastructure that connects them to servers. */
export interface ModuleParts {
  readonly providers: readonly Provider[];
  readonly controllers: readonly Type[];
  /** The tokens of the Mongoose models that features inject. */
  readonly modelTokens: readonly string[];
}

type AnyModule = Type | DynamicModule;

/** Modules of servers and of the process itself, which in-memory parts replace. */
const INFRASTRUCTURE = new Set([
  'MessagingModule', 'PersistenceModule', 'WorkQueueModule', 'PlatformModule', 'ProbesModule', 'OperationsModule',
  'LoggerModule', 'TerminusModule', 'MongooseCoreModule', 'DiscoveryModule',
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
    const declared = <T>(key: string, more: readonly T[] | undefined): T[] => [
      ...((Reflect.getMetadata(key, type) as T[] | undefined) ?? []),
      ...(more ?? []),
    ];
    const providersOfModule = declared<Provider>(MODULE_METADATA.PROVIDERS, dynamicModule.providers);
    if (type.name === 'MongooseModule') {
      for (const provider of providersOfModule) {
        const token = (provider as { provide?: unknown }).provide;
        if (typeof token === 'string' && token.endsWith('Model')) modelTokens.add(token);
      }
      return;
    }
    for (const provider of providersOfModule) providers.add(provider);
    for (const controller of declared<Type>(MODULE_METADATA.CONTROLLERS, dynamicModule.controllers))
      controllers.add(controller);
    for (const imported of declared<AnyModule>(MODULE_METADATA.IMPORTS, dynamicModule.imports as AnyModule[]))
      visit(imported);
  };
  visit(root);
  return { providers: [...providers], controllers: [...controllers], modelTokens: [...modelTokens] };
}
