import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PersonasModule } from '../personas/personas.module.js';
import { TwilioModule } from '../twilio/twilio.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { MessageBook } from './message-book.js';
import { InboxController, MessagesController } from './messages.controller.js';
import { TextNetwork } from './text-network.js';

/** Twilio's Messages resource: text messages between DelAuto's numbers and customers. */
@Module({
  imports: [TwilioModule, LedgerModule, PersonasModule, WebhooksModule],
  controllers: [MessagesController, InboxController],
  providers: [MessageBook, TextNetwork],
})
export class MessagesModule {}
