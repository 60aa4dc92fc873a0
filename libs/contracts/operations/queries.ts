import { FlagField } from '../fields/index.js';
import { defineQuery, type AppName, type RpcContract } from '../kernel/index.js';
import { OperationsReport } from './report.js';

/** The apps that are asked how they are doing; the gateway, which asks, knows of itself. */
export type AskedApp = Exclude<AppName, 'gateway'>;

export class GetOperationsRequest {
  @FlagField({ description: 'Count the work that waits, too.' }) queues!: boolean;
}

const operationsOf = (app: AskedApp): RpcContract<GetOperationsRequest, OperationsReport> =>
  defineQuery({
    subject: `rpc.${app}.operations.get.v1`,
    request: GetOperationsRequest,
    reply: OperationsReport,
    callers: ['gateway'],
    summary: `How ${app} is doing: its servers, its queues, its outbox.`,
  });

export const RoutingOperations = operationsOf('routing');
export const TelephonyOperations = operationsOf('telephony');
export const TranscriptionOperations = operationsOf('transcription');
export const NotificationsOperations = operationsOf('notifications');
export const AnalyticsOperations = operationsOf('analytics');

/** One contract an app; all are answered by the same handler of the platform. */
export const OPERATIONS_OF: Readonly<Record<AskedApp, RpcContract<GetOperationsRequest, OperationsReport>>> = {
  routing: RoutingOperations,
  telephony: TelephonyOperations,
  transcription: TranscriptionOperations,
  notifications: NotificationsOperations,
  analytics: AnalyticsOperations,
};
