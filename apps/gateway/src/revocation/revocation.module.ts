import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { accessChangeSchema } from '#libs/persistence/schemas/gateway/access-changes.js';
import { agentAccessSchema } from '#libs/persistence/schemas/gateway/agent-access.js';
import { AccessChangeRepository } from './access-change.repository.js';
import { AccessChanges } from './access-changes.js';
import { AgentAccessRepository } from './agent-access.repository.js';
import { EndAgentAccess } from './end-agent-access.js';

export { type AccessChange, affects } from './access-change.js';
export { AccessChanges } from './access-changes.js';
export { AgentAccessRepository } from './agent-access.repository.js';
export { EndAgentAccess } from './end-agent-access.js';

/** Revokes access and publishes access changes to every gateway. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'AccessChange', schema: accessChangeSchema },
      { name: 'AgentAccess', schema: agentAccessSchema },
    ]),
  ],
  providers: [AccessChangeRepository, AccessChanges, AgentAccessRepository, EndAgentAccess],
  exports: [AccessChanges, AgentAccessRepository, EndAgentAccess],
})
export class RevocationModule {}
