import { Module } from '@nestjs/common';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CarrierModule } from '../carrier/carrier.module.js';
import { ApplyAnsweredBy } from './apply-answered-by.js';
import { ApplyCallStatus } from './apply-call-status.js';
import { ApplyInterruption } from './apply-interruption.js';
import { CallReportsController } from './call-reports.controller.js';
import { NoteInterruption } from './note-interruption.js';

export { ApplyCallStatus } from './apply-call-status.js';
export { NoteInterruption } from './note-interruption.js';

/** Reports of the carrier about calls. */
@Module({
  imports: [CallLogModule, CarrierModule],
  controllers: [CallReportsController],
  providers: [ApplyCallStatus, ApplyAnsweredBy, ApplyInterruption, NoteInterruption],
  exports: [ApplyCallStatus, NoteInterruption],
})
export class CallReportsModule {}
