import { Module } from '@nestjs/common';
import { CallBookModule } from '../call-book/call-book.module.js';
import { CallLineModule } from '../call-line/call-line.module.js';
import { PersonasModule } from '../personas/personas.module.js';
import { TwilioModule } from '../twilio/twilio.module.js';
import { CallsController } from './calls.controller.js';
import { Switchboard } from './switchboard.js';

export { Switchboard } from './switchboard.js';

/** Twilio's Calls resource: places calls and runs them to their end. */
@Module({
  imports: [TwilioModule, CallLineModule, CallBookModule, PersonasModule],
  controllers: [CallsController],
  providers: [Switchboard],
  exports: [Switchboard],
})
export class CallsModule {}
