import { Module } from '@nestjs/common';
import { SearchIndexModule } from '../search-index/search-index.module.js';
import { TextsModule } from '../texts/texts.module.js';
import { TranscriptsModule } from '../transcripts/transcripts.module.js';
import { CustomerDataConsumer } from './customer-data.consumer.js';
import { EraseCustomerData } from './erase-customer-data.js';

/** Erases the data that transcription holds about a customer. */
@Module({
  imports: [TranscriptsModule, SearchIndexModule, TextsModule],
  controllers: [CustomerDataConsumer],
  providers: [EraseCustomerData],
})
export class CustomerDataModule {}
