import { Injectable } from '@nestjs/common';
import {
  CodedError,
  DeliveryDelivered,
  DeliveryFailed,
  DeliveryOutForDelivery,
  createNotFoundError,
  RPC_ERROR_CODES,
  type ReportStatusRequest,
  type StatusReportInput,
} from '#libs/contracts/index.js';
import type { DeliveryEvent } from '#libs/domain/delivery-lifecycle/index.js';
import {
  createAggregateEvent,
  type AggregateEvent,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { advance, checkNotOver, DeliveryRepository, toDeliveryEventFields } from '../deliveries/deliveries.module.js';
import { LearnFromHandOver } from './learn-from-hand-over.js';

/** Maximum time by which a device's clock may be ahead of the server's. */
const MAX_CLOCK_SKEW_MS = 2 * 60_000;

const EVENT_BY_STATUS = {
  out_for_delivery: { kind: 'set_out' },
  delivered: { kind: 'handed_over' },
  failed: { kind: 'hand_over_failed' },
} as const satisfies Record<StatusReportInput['status'], DeliveryEvent>;

/**
 * Records that a delivery is out for delivery, delivered or failed. Idempotent, as clients retry reports: a report of
 * the current state changes nothing and publishes no event.
 */
@Injectable()
export class ReportStatus {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly learnFromHandOver: LearnFromHandOver,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws CodedError `not_found`, also if the delivery belongs to another agent, so that its existence is not
   *   revealed; `delivery_over`, `status_not_possible`, `invalid_request`
   */
  async execute(
    organizationId: OrganizationId,
    { agentId, deliveryId, report }: ReportStatusRequest,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId) throw createNotFoundError('delivery assigned to you', deliveryId);
    if (delivery.state === report.status) return delivery;
    checkNotOver(delivery);
    const now = this.clock.now();
    checkReport(report, now);
    const advanced = advance(delivery, EVENT_BY_STATUS[report.status], now);
    if (!advanced)
      throw new CodedError(
        'status_not_possible',
        `Delivery ${deliveryId} is ${delivery.state}: it cannot become ${report.status}.`,
      );
    const at = new Date(report.at ?? now);
    const handOverFields = report.status === 'out_for_delivery' ? {} : toHandOver(delivery, report, at);
    const stored = await this.deliveries.save(tx, organizationId, { ...advanced, ...handOverFields }, [
      toEvent(delivery, agentId, report, at),
    ]);
    if (report.status !== 'out_for_delivery')
      await this.learnFromHandOver.execute(organizationId, agentId, delivery, report, at, tx);
    // The agent has free capacity again for waiting deliveries.
    if (report.status !== 'out_for_delivery') await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}

function checkReport({ status, reason, safePlaceUsed, at }: StatusReportInput, now: Date): void {
  const toIssue = (path: string, expected: string) => ({ path: `report.${path}`, message: `${path} ${expected}` });
  const issues = [
    ...(status === 'failed' && reason === undefined ? [toIssue('reason', 'is required if status is failed')] : []),
    ...(status !== 'failed' && reason !== undefined ? [toIssue('reason', 'is allowed only if status is failed')] : []),
    ...(status !== 'delivered' && safePlaceUsed !== undefined
      ? [toIssue('safePlaceUsed', 'is allowed only if status is delivered')]
      : []),
    ...(at !== undefined && new Date(at).getTime() > now.getTime() + MAX_CLOCK_SKEW_MS
      ? [toIssue('at', 'must not be in the future')]
      : []),
  ];
  if (issues.length > 0)
    throw new CodedError(RPC_ERROR_CODES.invalidRequest, issues.map(({ message }) => message).join('; '), { issues });
}

function toHandOver(
  { failures = 0 }: DeliveryDocument,
  report: StatusReportInput,
  at: Date,
): Pick<DeliveryDocument, 'handOver' | 'failures'> {
  return { handOver: { ...toProof(report), at }, ...(report.status === 'failed' ? { failures: failures + 1 } : {}) };
}

/** The part of a report that is stored as proof; state and time have fields of their own. */
function toProof({ status: _state, at: _at, ...proof }: StatusReportInput): Omit<StatusReportInput, 'status' | 'at'> {
  return proof;
}

/** Creates the event, dated at the time in the report: a device without network coverage sends the report later. */
function toEvent(delivery: DeliveryDocument, agentId: string, report: StatusReportInput, at: Date): AggregateEvent {
  const { status, reason = 'other', note, safePlaceUsed, position } = report;
  const fact = { ...toDeliveryEventFields(delivery), agentId, ...(position === undefined ? {} : { position }) };
  const factWithNote = { ...fact, ...(note === undefined ? {} : { note }) };
  if (status === 'out_for_delivery') return createAggregateEvent(DeliveryOutForDelivery, fact, at);
  if (status === 'failed') return createAggregateEvent(DeliveryFailed, { ...factWithNote, reason }, at);
  return createAggregateEvent(
    DeliveryDelivered,
    { ...factWithNote, ...(safePlaceUsed === undefined ? {} : { safePlaceUsed }) },
    at,
  );
}
