import { Controller, Module, type DynamicModule, type Type } from '@nestjs/common';
import {
  OPERATIONS_OF,
  type AppName,
  type AskedApp,
  type GetOperationsRequest,
  type OperationsReport,
} from '#libs/contracts/index.js';
import { OnRpc } from '#libs/messaging/index.js';
import { ReportOperations } from './report-operations.js';

/** Lets the operators' pages ask an app how it is doing. Needs platform, persistence and messaging beside it. */
@Module({})
export class OperationsModule {
  static forApp(app: AppName): DynamicModule {
    return {
      module: OperationsModule,
      controllers: app === 'gateway' ? [] : [controllerFor(app)],
      providers: [ReportOperations],
      exports: [ReportOperations],
    };
  }
}

/** The same handler for every app, under the app's own contract. */
function controllerFor(app: AskedApp): Type {
  @Controller()
  class OperationsController {
    constructor(private readonly reportOperations: ReportOperations) {}

    @OnRpc(OPERATIONS_OF[app])
    get(request: GetOperationsRequest): Promise<OperationsReport> {
      return this.reportOperations.execute(request);
    }
  }
  return OperationsController;
}
