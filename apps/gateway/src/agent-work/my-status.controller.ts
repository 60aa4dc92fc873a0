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

/** Position and availability, as the signed-in agent reports them. */
@Controller('v1/me')
export class MyStatusController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('PUT', 'location', {
    id: 'updateOwnLocation',
    summary: 'Reports the agent’s position. A position older than the stored one is ignored.',
    access: 'work:own',
    body: AgentLocationInput,
    reply: AgentLocation,
    errors: ReportAgentLocationRpc.errors,
  })
  reportLocation(
    @ContractBody(AgentLocationInput) location: AgentLocationInput,
    @AsCaller() caller: Caller,
  ): Promise<AgentLocation> {
    return this.rpc.call(ReportAgentLocationRpc, { agentId: caller.agentId, ...location }, caller.options);
  }

  @Operation('PUT', 'availability', {
    id: 'updateOwnAvailability',
    summary: 'Reports that the agent takes a break, is ill, or is available again.',
    access: 'work:own',
    body: AvailabilityInput,
    reply: Agent,
    errors: SetAgentAvailabilityRpc.errors,
    etag: true,
    ifMatch: true,
  })
  setAvailability(
    @ContractBody(AvailabilityInput) availability: AvailabilityInput,
    @AsCaller() caller: Caller,
  ): Promise<Agent> {
    const request = { agentId: caller.agentId, ...availability, ...caller.expected };
    return this.rpc.call(SetAgentAvailabilityRpc, request, caller.options);
  }
}
