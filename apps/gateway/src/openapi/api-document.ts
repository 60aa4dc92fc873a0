import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { once } from '../requests/requests.module.js';
import { buildOpenApiDocument, type OpenApiDocument } from './document.js';
import { listRegisteredOperations } from './registered-operations.js';

/** The OpenAPI document of this gateway. It is built on first read, so that it does not slow the start. */
@Injectable()
export class ApiDocument {
  /** @throws Error if the operations cannot be described, see {@link buildOpenApiDocument} */
  readonly read: () => OpenApiDocument;

  constructor(modules: ModulesContainer) {
    this.read = once(() => buildOpenApiDocument(listRegisteredOperations(modules)));
  }
}
