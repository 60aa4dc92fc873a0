import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contactTrySchema } from '#libs/persistence/schemas/routing/contact-tries.js';
import { CustomersModule } from '../customers/customers.module.js';
import { RecordAttemptStart } from './record-attempt-start.js';
import { ContactModels } from './contact-models.js';
import { ContactTryRepository } from './contact-try.repository.js';
import { RecordAttemptResult } from './record-attempt-result.js';

export { RecordAttemptStart } from './record-attempt-start.js';
export { ContactModels } from './contact-models.js';
export { ContactTryRepository } from './contact-try.repository.js';
export { RecordAttemptResult } from './record-attempt-result.js';
export { toSegment } from './segment.js';

/** Learns from past calls when customers can be reached. */
@Module({
  imports: [CustomersModule, MongooseModule.forFeature([{ name: 'ContactTry', schema: contactTrySchema }])],
  providers: [ContactTryRepository, ContactModels, RecordAttemptStart, RecordAttemptResult],
  exports: [ContactTryRepository, ContactModels, RecordAttemptStart, RecordAttemptResult],
})
export class CallTimingModule {}
