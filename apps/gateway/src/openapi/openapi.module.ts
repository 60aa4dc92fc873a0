import { Module } from '@nestjs/common';
import { ApiDocument } from './api-document.js';
import { OpenApiController } from './openapi.controller.js';

export { ApiDocument } from './api-document.js';
export { buildOpenApiDocument, type OpenApiDocument } from './document.js';
export { type DocumentedOperation, listDocumentedOperations } from './documented-operations.js';
export { listDeclaredOperations } from './registered-operations.js';

/** The machine-readable API description: `/openapi.json`. */
@Module({ controllers: [OpenApiController], providers: [ApiDocument], exports: [ApiDocument] })
export class OpenApiModule {}
