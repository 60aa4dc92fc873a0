import { PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { OPERATION, type Operation } from '../http/operation.js';

/** An operation where it is served. */
export interface RegisteredOperation {
  readonly operation: Operation;
  /** In OpenAPI's notation: `/v1/deliveries/{deliveryId}`. */
  readonly path: string;
  readonly parameters: readonly string[];
}

/**
 * The operations of all controllers of the application, by path and method.
 * @throws Error when two have one id
 */
export function registeredOperations(nest: INestApplicationContext): RegisteredOperation[] {
  const scanner = new MetadataScanner();
  const controllers = [...nest.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  const found = controllers.flatMap(({ metatype }) =>
    metatype ? operationsOf(metatype as ControllerClass, scanner) : [],
  );
  const ids = found.map(({ operation }) => operation.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) < at);
  if (twice.length > 0) throw new Error(`Operations are named twice: ${[...new Set(twice)].join(', ')}.`);
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

type ControllerClass = new (...dependencies: never[]) => object;

function operationsOf(controller: ControllerClass, scanner: MetadataScanner): RegisteredOperation[] {
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
