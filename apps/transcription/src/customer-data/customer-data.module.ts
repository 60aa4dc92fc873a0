import { Module } from '@nestjs/common';
import { SearchIndexModule } from '../search-index/search-index.module.js';
import { TextsModule } from '../texts/texts.module.js';
import { TranscriptsModule } from '../transcripts/transcripts.module.js';
import { CustomerDataConsumer } from './customer-data.consumer.js';
import { ForgetCustomer } from './forget-customer.js';

/** Erases the data that transcription holds about a customer. */
@Module({
  imports: [TranscriptsModule, SearchIndexModule, TextsModule],
  controllers: [CustomerDataConsumer],
  providers: [ForgetCustomer],
})
export class CustomerDataModule {}
