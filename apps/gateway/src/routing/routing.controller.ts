import { Controller, Param } from '@nestjs/common';
import {
  AssignmentPreview,
  CallTiming,
  CommitAssignmentRpc,
  CommitAssignmentInput,
  GetCallTimingRpc,
  InstantField,
  PlanningScope,
  PreviewAssignmentRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller } from '../access/caller.js';
import { ContractBody, ContractQuery } from '../http/contract-body.js';
import { Operation } from '../http/operation.js';

class CallTimingQuery {
  @InstantField({
    optional: true,
    description: 'The last instant at which an answer still helps; by default in two days.',
  })
  deadline?: string;
}

/** How routing would decide, and a plan carried out by hand. */
@Controller('v1')
export class RoutingController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', 'routing/previews', {
    id: 'previewAssignment',
    summary: 'Who would be given the waiting deliveries, with cost by term, runner-up and what binds; nothing is done.',
    access: 'routing:read',
    body: PlanningScope,
    reply: AssignmentPreview,
    status: 200,
    errors: PreviewAssignmentRpc.errors,
  })
  preview(@ContractBody(PlanningScope) scope: PlanningScope, @AsCaller() caller: Caller): Promise<AssignmentPreview> {
    return this.rpc.call(PreviewAssignmentRpc, scope, caller.options);
  }

  @Operation('POST', 'routing/commits', {
    id: 'commitAssignment',
    summary: 'Carries out a previewed plan as it was shown, or nothing of it.',
    description: 'With the same `deliveryIds` as the preview. A plan that would come out otherwise by now answers 409.',
    access: 'routing:write',
    body: CommitAssignmentInput,
    reply: AssignmentPreview,
    errors: CommitAssignmentRpc.errors,
  })
  commit(
    @ContractBody(CommitAssignmentInput) input: CommitAssignmentInput,
    @AsCaller() caller: Caller,
  ): Promise<AssignmentPreview> {
    return this.rpc.call(CommitAssignmentRpc, input, caller.options);
  }

  @Operation('GET', 'customers/:customerId/call-timing', {
    id: 'getCallTiming',
    summary: 'When the customer may be called, when it is best and why, and how many calls are left today.',
    access: 'routing:read',
    query: CallTimingQuery,
    reply: CallTiming,
  })
  timing(
    @Param('customerId') customerId: string,
    @ContractQuery(CallTimingQuery) query: CallTimingQuery,
    @AsCaller() caller: Caller,
  ): Promise<CallTiming> {
    return this.rpc.call(GetCallTimingRpc, { customerId, ...query }, caller.options);
  }
}
