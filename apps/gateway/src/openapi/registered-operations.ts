import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import type { DynamicModule } from '@nestjs/common';
import { type Operation, OPERATION } from '../requests/requests.module.js';

/** An operation with its path. */
export interface RegisteredOperation {
  readonly operation: Operation;
  /** In OpenAPI's notation: `/v1/deliveries/{deliveryId}`. */
  readonly path: string;
  /** The names of the path parameters. */
  readonly parameters: readonly string[];
}

/** Lists the operations of a running application. */
export function listRegisteredOperations(modules: ModulesContainer): RegisteredOperation[] {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  return collectOperations(controllers.flatMap(({ metatype }) => (metatype ? [metatype as ControllerClass] : [])));
}

/** Lists the operations of a module and its imports from their decorators, without building the application. */
export function listDeclaredOperations(root: DynamicModule): RegisteredOperation[] {
  const visitedModules = new Set<unknown>();
  const collectControllers = (module: unknown): ControllerClass[] => {
    if (typeof module !== 'function' && (typeof module !== 'object' || module === null)) return [];
    if (visitedModules.has(module)) return [];
    visitedModules.add(module);
    const dynamic = 'module' in module ? (module as DynamicModule) : { module: module as DynamicModule['module'] };
    const readMetadata = (key: 'imports' | 'controllers'): unknown[] => [
      ...((dynamic[key] ?? []) as unknown[]),
      ...((Reflect.getMetadata(key, dynamic.module) ?? []) as unknown[]),
    ];
    return [
      ...(readMetadata('controllers') as ControllerClass[]),
      ...readMetadata('imports').flatMap(collectControllers),
    ];
  };
  return collectOperations([...new Set(collectControllers(root))]);
}

/**
 * Lists the operations of controllers, sorted by path and method.
 * @throws Error if two operations have the same id
 */
function collectOperations(controllers: readonly ControllerClass[]): RegisteredOperation[] {
  const scanner = new MetadataScanner();
  const operations = controllers.flatMap((controller) => collectControllerOperations(controller, scanner));
  const ids = operations.map(({ operation }) => operation.id);
  const duplicates = ids.filter((id, index) => ids.indexOf(id) < index);
  if (duplicates.length > 0)
    throw new Error(`Several operations have the same id: ${[...new Set(duplicates)].join(', ')}.`);
  return operations.sort((a, b) => (toSortKey(a) < toSortKey(b) ? -1 : 1));
}

type ControllerClass = new (...dependencies: never[]) => object;

function collectControllerOperations(controller: ControllerClass, scanner: MetadataScanner): RegisteredOperation[] {
  const prototype = controller.prototype as Record<string, object>;
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name] as object;
    const operation = Reflect.getMetadata(OPERATION, handler) as Operation | undefined;
    if (!operation) return [];
    const parts = [readPath(controller), readPath(handler)].join('/').split('/').filter(Boolean);
    const parameters = parts.filter((part) => part.startsWith(':')).map((part) => part.slice(1));
    const path = `/${parts.map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part)).join('/')}`;
    return [{ operation, path, parameters }];
  });
}

const readPath = (target: object): string => String(Reflect.getMetadata(PATH_METADATA, target) ?? '');

const METHOD_ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const toSortKey = ({ path, operation }: RegisteredOperation): string =>
  `${path} ${METHOD_ORDER.indexOf(operation.method)}`;
