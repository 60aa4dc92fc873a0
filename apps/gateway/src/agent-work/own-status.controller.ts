import { Controller } from '@nestjs/common';
import {
  Agent,
  AgentLocation,
  AgentLocationInput,
  AvailabilityInput,
  ReportAgentLocationRpc,
  SetAgentAvailabilityRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, Operation } from '../requests/requests.module.js';

/** Where an agent is and whether they can work, as they tell themselves; the agent is the token's, never the path's. */
@Controller('v1/me')
export class OwnStatusController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('PUT', 'location', {
    id: 'updateOwnLocation',
    summary: 'Where the agent is; an older position than is known changes nothing.',
    access: 'work:own',
    body: AgentLocationInput,
    reply: AgentLocation,
    errors: ReportAgentLocationRpc.errors,
  })
  location(
    @ContractBody(AgentLocationInput) location: AgentLocationInput,
    @AsCaller() caller: Caller,
  ): Promise<AgentLocation> {
    return this.rpc.call(ReportAgentLocationRpc, { agentId: caller.agentId, ...location }, caller.options);
  }

  @Operation('PUT', 'availability', {
    id: 'updateOwnAvailability',
    summary: 'The agent takes a break, falls ill, or is back.',
    access: 'work:own',
    body: AvailabilityInput,
    reply: Agent,
    errors: SetAgentAvailabilityRpc.errors,
    etag: true,
    ifMatch: true,
  })
  availability(
    @ContractBody(AvailabilityInput) availability: AvailabilityInput,
    @AsCaller() caller: Caller,
  ): Promise<Agent> {
    const request = { agentId: caller.agentId, ...availability, ...caller.expected };
    return this.rpc.call(SetAgentAvailabilityRpc, request, caller.options);
  }
}
