import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { organizationSchema } from '#libs/persistence/schemas/gateway/organizations.js';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { InvitationsModule } from '../invitations/invitations.module.js';
import { CreateOrganization } from './create-organization.js';
import { OrganizationRepository } from './organization.repository.js';
import { OrganizationsController } from './organizations.controller.js';
import { OrganizationsRpc } from './organizations.rpc.js';
import { UpdateOrganization } from './update-organization.js';

export { OrganizationRepository } from './organization.repository.js';

/** The organizations of this installation and their settings. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: 'Organization', schema: organizationSchema }]),
    ApiKeysModule,
    IdempotencyModule,
    InvitationsModule,
  ],
  controllers: [OrganizationsController, OrganizationsRpc],
  providers: [CreateOrganization, OrganizationRepository, UpdateOrganization],
  exports: [OrganizationRepository],
})
export class OrganizationsModule {}
