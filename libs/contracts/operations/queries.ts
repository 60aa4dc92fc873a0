import { FlagField } from '../fields/index.js';
import { defineQuery, type AppName, type RpcContract } from '../kernel/index.js';
import { OperationsReport } from './report.js';

/** The apps that the gateway queries for an operations report. The gateway reports on itself without an RPC. */
export type ReportingApp = Exclude<AppName, 'gateway'>;

export class GetOperationsRequest {
  @FlagField({ description: 'Also count the due work in the queues.' }) queues!: boolean;
}

const defineOperationsQuery = (app: ReportingApp): RpcContract<GetOperationsRequest, OperationsReport> =>
  defineQuery({
    subject: `rpc.${app}.operations.get.v1`,
    request: GetOperationsRequest,
    reply: OperationsReport,
    callers: ['gateway'],
    summary: `Returns the operations report of ${app}: its dependencies, queues and outbox.`,
  });

export const RoutingOperations = defineOperationsQuery('routing');
export const TelephonyOperations = defineOperationsQuery('telephony');
export const TranscriptionOperations = defineOperationsQuery('transcription');
export const NotificationsOperations = defineOperationsQuery('notifications');
export const AnalyticsOperations = defineOperationsQuery('analytics');

/** The operations query of each app. One handler in `libs/platform` serves all of them. */
export const OPERATIONS_QUERIES: Readonly<Record<ReportingApp, RpcContract<GetOperationsRequest, OperationsReport>>> = {
  routing: RoutingOperations,
  telephony: TelephonyOperations,
  transcription: TranscriptionOperations,
  notifications: NotificationsOperations,
  analytics: AnalyticsOperations,
};
