import { Injectable } from '@nestjs/common';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { AccessChanges } from './access-changes.js';
import { AgentAccessRepository } from './agent-access.repository.js';

/** Ends a deactivated agent's access: existing tokens and sessions become invalid on every gateway immediately. */
@Injectable()
export class EndAgentAccess {
  constructor(
    private readonly agents: AgentAccessRepository,
    private readonly changes: AccessChanges,
  ) {}

  async execute(organizationId: OrganizationId, agentId: string, at: Date, tx: Transaction): Promise<void> {
    await this.agents.end(organizationId, agentId, at, tx);
    await this.changes.record({ kind: 'agent', organizationId, agentId }, tx);
  }
}
