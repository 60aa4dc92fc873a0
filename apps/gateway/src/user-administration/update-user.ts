import { Injectable } from '@nestjs/common';
import { CodedError, GetAgentRpc, UserUpdated } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { createAggregateEvent, type Transaction } from '#libs/persistence/index.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { Clock } from '#libs/clock/clock.js';
import { AccessChanges } from '../revocation/revocation.module.js';
import type { Caller } from '../requests/requests.module.js';
import { assertMayGrant, toScopes } from '../principals/principals.module.js';
import { createInvalidAgentProblem, type UserChanges, UserRepository } from '../users/users.module.js';
import { OrganizationRepository } from '../organizations/organizations.module.js';
import { EndUserSessions } from '../sessions/sessions.module.js';

const CHANGEABLE_FIELDS = ['name', 'role', 'agentId', 'active'] as const;

/**
 * Changes a user. Deactivation revokes all sessions of the user in the same transaction. A new role takes effect
 * immediately.
 */
@Injectable()
export class UpdateUser {
  constructor(
    private readonly users: UserRepository,
    private readonly organizations: OrganizationRepository,
    private readonly endUserSessions: EndUserSessions,
    private readonly accessChanges: AccessChanges,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `last_admin`, `revision_mismatch`, `not_found`; Problem 400, 403 */
  async execute(caller: Caller, userId: string, changes: UserChanges, tx: Transaction): Promise<UserDocument> {
    if (changes.role !== undefined) assertMayGrant(caller.identity, toScopes(changes.role));
    if (changes.agentId !== undefined) await this.rpc.call(GetAgentRpc, { agentId: changes.agentId }, caller.options);
    const { organizationId } = caller;
    const user = await this.users.loadAt(organizationId, userId, caller.expectedRevision, tx);
    const updated = applyChanges(user, changes);
    const changedFields = CHANGEABLE_FIELDS.filter((field) => updated[field] !== user[field]);
    if (changedFields.length === 0) return user;

    if (canAdminister(user) && !canAdminister(updated)) await this.assertNotLastAdmin(user, tx);
    if (changedFields.some((field) => field !== 'name')) {
      await this.accessChanges.record({ kind: 'user', organizationId, userId }, tx);
    }
    if (user.active && !updated.active) await this.endUserSessions.execute(user, 'user_deactivated', tx);
    const { role, agentId, active } = updated;
    const payload = { userId, role, ...(agentId === undefined ? {} : { agentId }), active, changed: changedFields };
    return this.users.save(tx, organizationId, updated, [createAggregateEvent(UserUpdated, payload, this.clock.now())]);
  }

  private async assertNotLastAdmin(user: UserDocument, tx: Transaction): Promise<void> {
    // Two administrators who deactivate each other concurrently must not both succeed.
    await this.organizations.serializeAdminChanges(user.organizationId, tx);
    if (await this.users.hasOtherAdmin(user.organizationId as Caller['organizationId'], user._id, tx)) return;
    const message = 'This is the last active administrator; make another user an administrator first.';
    throw new CodedError('last_admin', message);
  }
}

const canAdminister = ({ role, active }: UserDocument): boolean => role === 'admin' && active;

/** @throws Problem 400 if role and `agentId` are inconsistent */
function applyChanges(user: UserDocument, changes: UserChanges): UserDocument {
  const updated = { ...user, ...changes };
  const { agentId, ...withoutAgent } = updated;
  if (updated.role === 'agent') {
    if (agentId === undefined) throw createInvalidAgentProblem('agentId is required with the role agent');
    return updated;
  }
  if (changes.agentId !== undefined) throw createInvalidAgentProblem('agentId is permitted only with the role agent');
  return withoutAgent;
}
