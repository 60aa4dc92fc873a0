import { Controller } from '@nestjs/common';
import {
  AssignmentPreview,
  CommitAssignmentRpc,
  CommitAssignmentInput,
  PlanningScope,
  PreviewAssignmentRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, Operation } from '../requests/requests.module.js';

/** How waiting deliveries would be assigned, and a plan applied by hand. */
@Controller('v1/routing')
export class AssignmentController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', 'previews', {
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

  @Operation('POST', 'commits', {
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
}
