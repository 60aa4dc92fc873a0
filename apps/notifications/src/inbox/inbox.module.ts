import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { agentInboxSchema } from '#libs/persistence/schemas/notifications/agent-inboxes.js';
import { deliveryBriefSchema } from '#libs/persistence/schemas/notifications/delivery-briefs.js';
import { EscalationModule } from '../escalation/escalation.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { AcknowledgeMessage } from './acknowledge-message.js';
import { AGENT_INBOX_MODEL, AgentInboxRepository } from './agent-inbox.repository.js';
import { DELIVERY_BRIEF_MODEL, DeliveryBriefRepository } from './delivery-brief.repository.js';
import { InboxRpc } from './inbox.rpc.js';
import { ListInbox } from './list-inbox.js';
import { NotifyAgent } from './notify-agent.js';
import { ReportListened } from './report-listened.js';
import { PresentMessages } from './present-messages.js';
import { WithdrawMessages } from './withdraw-messages.js';

export { AcknowledgeMessage } from './acknowledge-message.js';
export {
  toAssignmentNotification,
  toCancellationNotification,
  toInstructionsNotification,
  toWithdrawalNotification,
} from './agent-notification.js';
export { DeliveryBriefRepository } from './delivery-brief.repository.js';
export { NotifyAgent } from './notify-agent.js';
export { WithdrawMessages } from './withdraw-messages.js';

/** The agents' inboxes: adds messages, lists them, and records acknowledgments and playback. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: AGENT_INBOX_MODEL, schema: agentInboxSchema },
      { name: DELIVERY_BRIEF_MODEL, schema: deliveryBriefSchema },
    ]),
    MessagesModule,
    EscalationModule,
  ],
  controllers: [InboxRpc],
  providers: [
    AgentInboxRepository,
    DeliveryBriefRepository,
    PresentMessages,
    NotifyAgent,
    WithdrawMessages,
    AcknowledgeMessage,
    ReportListened,
    ListInbox,
  ],
  exports: [DeliveryBriefRepository, NotifyAgent, WithdrawMessages],
})
export class InboxModule {}
