import { Controller, Module, type DynamicModule, type Type } from '@nestjs/common';
import {
  OPERATIONS_QUERIES,
  type AppName,
  type ReportingApp,
  type GetOperationsRequest,
  type OperationsReport,
} from '#libs/contracts/index.js';
import { OnRpc } from '#libs/messaging/index.js';
import { ReportOperations } from './report-operations.js';

/** Serves the operations report of an app by RPC. Requires the platform, persistence and messaging modules. */
@Module({})
export class OperationsModule {
  static forApp(app: AppName): DynamicModule {
    return {
      module: OperationsModule,
      controllers: app === 'gateway' ? [] : [createController(app)],
      providers: [ReportOperations],
      exports: [ReportOperations],
    };
  }
}

/** Creates the controller that serves an app's own contract. */
function createController(app: ReportingApp): Type {
  @Controller()
  class OperationsController {
    constructor(private readonly reportOperations: ReportOperations) {}

    @OnRpc(OPERATIONS_QUERIES[app])
    get(request: GetOperationsRequest): Promise<OperationsReport> {
      return this.reportOperations.execute(request);
    }
  }
  return OperationsController;
}
