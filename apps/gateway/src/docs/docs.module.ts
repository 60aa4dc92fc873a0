import { Module } from '@nestjs/common';
import { OpenApiModule } from '../openapi/openapi.module.js';
import { DocsController } from './docs.controller.js';
import { DocsFiles } from './docs-files.js';

/**
 * The human-readable reference below `/docs`: Swagger UI over `/openapi.json`, and the guides in `docs/api` (ADR 22).
 */
@Module({ imports: [OpenApiModule], controllers: [DocsController], providers: [DocsFiles] })
export class DocsModule {}
