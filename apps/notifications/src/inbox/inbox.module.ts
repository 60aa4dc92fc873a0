import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { agentInboxSchema } from '#libs/persistence/schemas/notifications/agent-inboxes.js';
import { assignmentSnapshotSchema } from '#libs/persistence/schemas/notifications/assignment-snapshots.js';
import { EscalationModule } from '../escalation/escalation.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { AcknowledgeMessage } from './acknowledge-message.js';
import { AGENT_INBOX_MODEL, AgentInboxRepository } from './agent-inbox.repository.js';
import { ASSIGNMENT_SNAPSHOT_MODEL, AssignmentSnapshotRepository } from './assignment-snapshot.repository.js';
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
export { AssignmentSnapshotRepository } from './assignment-snapshot.repository.js';
export { NotifyAgent } from './notify-agent.js';
export { WithdrawMessages } from './withdraw-messages.js';

/** The agents' inboxes: adds messages, lists them, and records acknowledgments and playback. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: AGENT_INBOX_MODEL, schema: agentInboxSchema },
      { name: ASSIGNMENT_SNAPSHOT_MODEL, schema: assignmentSnapshotSchema },
    ]),
    MessagesModule,
    EscalationModule,
  ],
  controllers: [InboxRpc],
  providers: [
    AgentInboxRepository,
    AssignmentSnapshotRepository,
    PresentMessages,
    NotifyAgent,
    WithdrawMessages,
    AcknowledgeMessage,
    ReportListened,
    ListInbox,
  ],
  exports: [AssignmentSnapshotRepository, NotifyAgent, WithdrawMessages],
})
export class InboxModule {}
