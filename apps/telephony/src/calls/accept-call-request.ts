import { Inject, Injectable } from '@nestjs/common';
import type { CallRequestedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { acceptedCall } from './call-log.js';
import { CallLogRepository } from './call-log.repository.js';
import { CallWork } from './call-work.js';

/** Writes an attempt down and the dialling as due now. A request that comes again changes nothing. */
@Injectable()
export class AcceptCallRequest {
  constructor(
    @Inject(CallLogRepository) private readonly callLogs: CallLogRepository,
    @Inject(CallWork) private readonly work: CallWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organization: OrganizationId, request: CallRequestedPayload, tx: Transaction): Promise<void> {
    if (await this.callLogs.findById(organization, request.attemptId, tx)) return;
    const now = this.clock.now();
    const callLog = await this.callLogs.create(tx, organization, acceptedCall(request, now));
    await this.work.dial(tx, callLog, now);
  }
}
