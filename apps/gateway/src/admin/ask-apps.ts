import { Injectable } from '@nestjs/common';
import {
  APPS,
  OPERATIONS_OF,
  type AppName,
  type GetOperationsRequest,
  type OperationsReport,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { ReportOperations } from '#libs/platform/operations/report-operations.js';
import { INSTALLATION } from '../principals/principals.module.js';

export interface AskedReport {
  readonly app: AppName;
  /** Absent when it did not answer in time. */
  readonly report?: OperationsReport;
}

const PATIENCE_MS = 1_000;

/** Asks every app at once how it is doing. One that does not answer in a second is unreachable, and holds up nothing. */
@Injectable()
export class AskApps {
  constructor(
    private readonly rpc: RpcClient,
    private readonly own: ReportOperations,
  ) {}

  execute(question: GetOperationsRequest): Promise<AskedReport[]> {
    return Promise.all(
      APPS.map(async (app) => {
        const report = await this.ask(app, question).catch(() => undefined);
        return { app, ...(report ? { report } : {}) };
      }),
    );
  }

  private ask(app: AppName, question: GetOperationsRequest): Promise<OperationsReport> {
    if (app === 'gateway') return this.own.execute(question);
    return this.rpc.call(OPERATIONS_OF[app], question, { organizationId: INSTALLATION, timeoutMs: PATIENCE_MS });
  }
}
