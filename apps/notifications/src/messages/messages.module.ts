import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { inboxMessageSchema } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { INBOX_MESSAGE_MODEL, InboxMessageRepository } from './inbox-message.repository.js';

export type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
export { InboxMessageRepository } from './inbox-message.repository.js';
export { summarizeInstructions } from './summarize-instructions.js';
export { toInboxMessage } from './to-inbox-message.js';

/** Stores the messages in agents' inboxes and summarizes instructions for them. */
@Module({
  imports: [MongooseModule.forFeature([{ name: INBOX_MESSAGE_MODEL, schema: inboxMessageSchema }])],
  providers: [InboxMessageRepository],
  exports: [InboxMessageRepository],
})
export class MessagesModule {}
