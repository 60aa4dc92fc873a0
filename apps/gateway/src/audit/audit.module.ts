import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { auditEntrySchema } from '#libs/persistence/schemas/gateway/audit-entries.js';
import { AuditEntryRepository } from './audit-entry.repository.js';
import { AuditLogController } from './audit-log.controller.js';
import { AuditConsumer } from './audit.consumer.js';
import { RecordAuditEntry } from './record-audit-entry.js';

export { GATEWAY_EVENTS } from './audit.consumer.js';
export { RecordAuditEntry } from './record-audit-entry.js';

/** The audit log: who changed what. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'AuditEntry', schema: auditEntrySchema }])],
  controllers: [AuditLogController, AuditConsumer],
  providers: [AuditEntryRepository, RecordAuditEntry],
  exports: [RecordAuditEntry],
})
export class AuditModule {}
