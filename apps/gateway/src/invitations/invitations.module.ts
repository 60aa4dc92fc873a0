import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { invitationSchema } from '#libs/persistence/schemas/gateway/invitations.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { UsersModule } from '../users/users.module.js';
import { AcceptInvitation } from './accept-invitation.js';
import { CreateInvitation } from './create-invitation.js';
import { InvitationRepository } from './invitation.repository.js';
import { InvitationsController } from './invitations.controller.js';
import { IssueInvitation } from './issue-invitation.js';

export { IssueInvitation } from './issue-invitation.js';

/** Invitations of users to an organization. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: 'Invitation', schema: invitationSchema }]),
    CredentialsModule,
    IdempotencyModule,
    UsersModule,
  ],
  controllers: [InvitationsController],
  providers: [AcceptInvitation, CreateInvitation, InvitationRepository, IssueInvitation],
  exports: [IssueInvitation],
})
export class InvitationsModule {}
