import { Injectable } from '@nestjs/common';
import {
  CodedError,
  DeliveryDelivered,
  DeliveryFailed,
  DeliverySetOut,
  notFound,
  RPC_ERROR_CODES,
  type ReportStatusRequest,
  type StatusReportInput,
} from '#libs/contracts/index.js';
import type { DeliveryEvent } from '#libs/domain/delivery-lifecycle/index.js';
import { aggregateEvent, type AggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { advance, checkNotOver, DeliveryRepository, factOf } from '../deliveries/deliveries.module.js';
import { LearnFromHandOver } from './learn-from-hand-over.js';

/** A device's clock may be this far ahead of ours. */
const CLOCK_SKEW_MS = 2 * 60_000;

const TRIGGERS = {
  out_for_delivery: { kind: 'set_out' },
  delivered: { kind: 'handed_over' },
  failed: { kind: 'hand_over_failed' },
} as const satisfies Record<StatusReportInput['status'], DeliveryEvent>;

/**
 * The agent who has it set out, handed it over, or could not. An application may report again what it is not sure to
 * have reported: what is so already changes nothing, and tells nobody.
 */
@Injectable()
export class ReportStatus {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly learnFromHandOver: LearnFromHandOver,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `not_found` also for what another agent has: it is nobody else's business */
  async execute(
    organizationId: OrganizationId,
    { agentId, deliveryId, report }: ReportStatusRequest,
    tx: Transaction,
  ): Promise<DeliveryDocument> {
    const delivery = await this.deliveries.load(organizationId, deliveryId, tx);
    if (delivery.agentId !== agentId) throw notFound('delivery of yours', deliveryId);
    if (delivery.state === report.status) return delivery;
    checkNotOver(delivery);
    const now = this.clock.now();
    checkReport(report, now);
    const moved = advance(delivery, TRIGGERS[report.status], now);
    if (!moved)
      throw new CodedError(
        'status_not_possible',
        `Delivery ${deliveryId} is ${delivery.state}: it cannot become ${report.status}.`,
      );
    const at = new Date(report.at ?? now);
    const handedOver = report.status === 'out_for_delivery' ? {} : handOverOf(delivery, report, at);
    const stored = await this.deliveries.save(tx, organizationId, { ...moved, ...handedOver }, [
      eventOf(delivery, agentId, report, at),
    ]);
    if (report.status !== 'out_for_delivery')
      await this.learnFromHandOver.execute(organizationId, agentId, delivery, report, at, tx);
    // Their hands are free for what waits.
    if (report.status !== 'out_for_delivery') await this.scheduleAssignment.execute(organizationId, tx);
    return stored;
  }
}

function checkReport({ status, reason, safePlaceUsed, at }: StatusReportInput, now: Date): void {
  const wrong = (path: string, expected: string) => ({ path: `report.${path}`, message: `${path} ${expected}` });
  const issues = [
    ...(status === 'failed' && reason === undefined ? [wrong('reason', 'is required where it failed')] : []),
    ...(status !== 'failed' && reason !== undefined ? [wrong('reason', 'belongs to what failed')] : []),
    ...(status !== 'delivered' && safePlaceUsed !== undefined
      ? [wrong('safePlaceUsed', 'belongs to what was delivered')]
      : []),
    ...(at !== undefined && new Date(at).getTime() > now.getTime() + CLOCK_SKEW_MS
      ? [wrong('at', 'must not be in the future')]
      : []),
  ];
  if (issues.length > 0)
    throw new CodedError(RPC_ERROR_CODES.invalidRequest, issues.map(({ message }) => message).join('; '), { issues });
}

function handOverOf(
  { failures = 0 }: DeliveryDocument,
  report: StatusReportInput,
  at: Date,
): Pick<DeliveryDocument, 'handOver' | 'failures'> {
  return { handOver: { ...proofOf(report), at }, ...(report.status === 'failed' ? { failures: failures + 1 } : {}) };
}

/** What is kept of a report, without what is kept elsewhere. */
function proofOf({ status: _state, at: _when, ...proof }: StatusReportInput): Omit<StatusReportInput, 'status' | 'at'> {
  return proof;
}

/** Happened when the agent says so: a report from a dead spot is sent later. */
function eventOf(delivery: DeliveryDocument, agentId: string, report: StatusReportInput, at: Date): AggregateEvent {
  const { status, reason = 'other', note, safePlaceUsed, position } = report;
  const fact = { ...factOf(delivery), agentId, ...(position === undefined ? {} : { position }) };
  const noted = { ...fact, ...(note === undefined ? {} : { note }) };
  if (status === 'out_for_delivery') return aggregateEvent(DeliverySetOut, fact, at);
  if (status === 'failed') return aggregateEvent(DeliveryFailed, { ...noted, reason }, at);
  return aggregateEvent(DeliveryDelivered, { ...noted, ...(safePlaceUsed === undefined ? {} : { safePlaceUsed }) }, at);
}
