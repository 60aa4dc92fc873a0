import { Module } from '@nestjs/common';
import { DeliveryImportsController } from './delivery-imports.controller.js';
import { SendImport } from './send-import.js';

export { acceptImportBodies } from './accept-import-bodies.js';

/** Bulk import of deliveries from a file. */
@Module({ controllers: [DeliveryImportsController], providers: [SendImport] })
export class DeliveryImportsModule {}
