import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { contactTrySchema } from '#libs/persistence/schemas/routing/contact-tries.js';
import { CustomersModule } from '../customers/customers.module.js';
import { BeginContactTry } from './begin-contact-try.js';
import { ContactModels } from './contact-models.js';
import { ContactTryRepository } from './contact-try.repository.js';
import { JudgeContactTry } from './judge-contact-try.js';

export { BeginContactTry } from './begin-contact-try.js';
export { ContactModels } from './contact-models.js';
export { ContactTryRepository } from './contact-try.repository.js';
export { JudgeContactTry } from './judge-contact-try.js';
export { segmentOf } from './segment.js';

/** Learns from past calls when customers can be reached. */
@Module({
  imports: [CustomersModule, MongooseModule.forFeature([{ name: 'ContactTry', schema: contactTrySchema }])],
  providers: [ContactTryRepository, ContactModels, BeginContactTry, JudgeContactTry],
  exports: [ContactTryRepository, ContactModels, BeginContactTry, JudgeContactTry],
})
export class CallTimingModule {}
