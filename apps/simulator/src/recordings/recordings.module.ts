import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { CallBookModule } from '../call-book/call-book.module.js';
import { CallsModule } from '../calls/calls.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { RecordingBookModule } from '../recording-book/recording-book.module.js';
import { TwilioModule } from '../twilio/twilio.module.js';
import { RecordingsController } from './recordings.controller.js';

/** Twilio's Recordings resources and their media. */
@Module({
  imports: [TwilioModule, LedgerModule, RecordingBookModule, CallBookModule, CallsModule, AudioModule],
  controllers: [RecordingsController],
})
export class RecordingsModule {}
