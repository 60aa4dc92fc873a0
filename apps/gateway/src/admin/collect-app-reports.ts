import { Injectable } from '@nestjs/common';
import {
  APPS,
  OPERATIONS_QUERIES,
  type AppName,
  type GetOperationsRequest,
  type OperationsReport,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { ReportOperations } from '#libs/platform/operations/report-operations.js';
import { INSTALLATION_ORGANIZATION_ID } from '../principals/principals.module.js';

export interface AppReport {
  readonly app: AppName;
  /** Absent when the app did not reply in time. */
  readonly report?: OperationsReport;
}

const REPORT_TIMEOUT_MS = 1_000;

/**
 * Collects the operations reports of all apps in parallel. An app that does not reply within a second has no report.
 */
@Injectable()
export class CollectAppReports {
  constructor(
    private readonly rpc: RpcClient,
    private readonly reportOwnOperations: ReportOperations,
  ) {}

  execute(request: GetOperationsRequest): Promise<AppReport[]> {
    return Promise.all(
      APPS.map(async (app) => {
        const report = await this.readReport(app, request).catch(() => undefined);
        return { app, ...(report ? { report } : {}) };
      }),
    );
  }

  private readReport(app: AppName, request: GetOperationsRequest): Promise<OperationsReport> {
    if (app === 'gateway') return this.reportOwnOperations.execute(request);
    return this.rpc.call(OPERATIONS_QUERIES[app], request, {
      organizationId: INSTALLATION_ORGANIZATION_ID,
      timeoutMs: REPORT_TIMEOUT_MS,
    });
  }
}
