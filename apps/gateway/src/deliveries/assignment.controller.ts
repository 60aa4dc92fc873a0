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

/** Previews how unassigned deliveries would be assigned, and commits a previewed plan. */
@Controller('v1/routing')
export class AssignmentController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', 'previews', {
    id: 'previewAssignment',
    summary: 'Previews who would be assigned the waiting deliveries, with costs, runners-up and binding constraints.',
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
    summary: 'Applies a previewed plan exactly as it was shown, or not at all.',
    description: 'Send the same `deliveryIds` as for the preview. Answers 409 if the plan would be different by now.',
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
