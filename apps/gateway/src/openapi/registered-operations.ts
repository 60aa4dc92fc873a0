import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import type { DynamicModule } from '@nestjs/common';
import { type Operation, OPERATION } from '../requests/requests.module.js';

/** An operation where it is served. */
export interface RegisteredOperation {
  readonly operation: Operation;
  /** In OpenAPI's notation: `/v1/deliveries/{deliveryId}`. */
  readonly path: string;
  readonly parameters: readonly string[];
}

/** The operations of an application that was built. */
export function registeredOperations(modules: ModulesContainer): RegisteredOperation[] {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  return operationsOf(controllers.flatMap(({ metatype }) => (metatype ? [metatype as ControllerClass] : [])));
}

/** The operations of a module and of those it imports, without building anything: no server is needed for it. */
export function declaredOperations(root: DynamicModule): RegisteredOperation[] {
  const seen = new Set<unknown>();
  const controllers = (module: unknown): ControllerClass[] => {
    if (typeof module !== 'function' && (typeof module !== 'object' || module === null)) return [];
    if (seen.has(module)) return [];
    seen.add(module);
    const dynamic = 'module' in module ? (module as DynamicModule) : { module: module as DynamicModule['module'] };
    const both = (key: 'imports' | 'controllers'): unknown[] => [
      ...((dynamic[key] ?? []) as unknown[]),
      ...((Reflect.getMetadata(key, dynamic.module) ?? []) as unknown[]),
    ];
    return [...(both('controllers') as ControllerClass[]), ...both('imports').flatMap(controllers)];
  };
  return operationsOf([...new Set(controllers(root))]);
}

/**
 * The operations of controllers, by path and method.
 * @throws Error when two have one id
 */
function operationsOf(controllers: readonly ControllerClass[]): RegisteredOperation[] {
  const scanner = new MetadataScanner();
  const found = controllers.flatMap((controller) => operationsOfController(controller, scanner));
  const ids = found.map(({ operation }) => operation.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) < at);
  if (twice.length > 0) throw new Error(`Operations are named twice: ${[...new Set(twice)].join(', ')}.`);
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

type ControllerClass = new (...dependencies: never[]) => object;

function operationsOfController(controller: ControllerClass, scanner: MetadataScanner): RegisteredOperation[] {
  const prototype = controller.prototype as Record<string, object>;
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name] as object;
    const operation = Reflect.getMetadata(OPERATION, handler) as Operation | undefined;
    if (!operation) return [];
    const parts = [pathOf(controller), pathOf(handler)].join('/').split('/').filter(Boolean);
    const parameters = parts.filter((part) => part.startsWith(':')).map((part) => part.slice(1));
    const path = `/${parts.map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part)).join('/')}`;
    return [{ operation, path, parameters }];
  });
}

const pathOf = (target: object): string => String(Reflect.getMetadata(PATH_METADATA, target) ?? '');

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const keyOf = ({ path, operation }: RegisteredOperation): string => `${path} ${METHODS.indexOf(operation.method)}`;
