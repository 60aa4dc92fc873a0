import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { once } from '../requests/requests.module.js';
import { openApiDocument, type OpenApiDocument } from './document.js';
import { registeredOperations } from './registered-operations.js';

/** The OpenAPI document of this gateway. It is built when it is first read, so that a start does not pay for it. */
@Injectable()
export class ApiDocument {
  /** @throws Error when the operations cannot be described, see {@link openApiDocument} */
  readonly read: () => OpenApiDocument;

  constructor(modules: ModulesContainer) {
    this.read = once(() => openApiDocument(registeredOperations(modules)));
  }
}
