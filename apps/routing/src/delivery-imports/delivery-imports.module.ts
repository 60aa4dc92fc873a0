import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { deliveryImportSchema } from '#libs/persistence/schemas/routing/delivery-imports.js';
import { deliveryImportRowSchema } from '#libs/persistence/schemas/routing/delivery-import-rows.js';
import { DeliveryCommandsModule } from '../delivery-commands/delivery-commands.module.js';
import { AppendImportRows } from './append-import-rows.js';
import { DeliveryImportRepository } from './delivery-import.repository.js';
import { DeliveryImportsRpc } from './delivery-imports.rpc.js';
import { DeliveryImportsWorker } from './delivery-imports.worker.js';
import { ImportChunk } from './import-chunk.js';
import { ImportRowRepository } from './import-row.repository.js';
import { ListImportRows } from './list-import-rows.js';
import { StartDeliveryImport } from './start-delivery-import.js';

/** Bulk imports of deliveries. */
@Module({
  imports: [
    DeliveryCommandsModule,
    MongooseModule.forFeature([
      { name: 'DeliveryImport', schema: deliveryImportSchema },
      { name: 'DeliveryImportRow', schema: deliveryImportRowSchema },
    ]),
  ],
  controllers: [DeliveryImportsRpc],
  providers: [
    DeliveryImportsWorker,
    DeliveryImportRepository,
    ImportRowRepository,
    AppendImportRows,
    ImportChunk,
    ListImportRows,
    StartDeliveryImport,
  ],
})
export class DeliveryImportsModule {}
