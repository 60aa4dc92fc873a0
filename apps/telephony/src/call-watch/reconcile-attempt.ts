import { Injectable, Logger } from '@nestjs/common';
import { resolveUnknownAttempt, type UnknownResolution } from '#libs/domain/call-lifecycle/index.js';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ProviderError } from '#libs/ports/errors.js';
import { type CarrierCall, VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import {
  type AttemptWork,
  type CallChange,
  type CallLog,
  CallLogRepository,
  CallWorkSchedule,
  closeWithoutReport,
  applyReport,
  RecordCallChange,
} from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { toCarrierReport } from './to-carrier-report.js';

/** Tolerance for the carrier's clock, which may differ from telephony's and has a resolution of one second. */
const CLOCK_TOLERANCE_MS = 5_000;

/**
 * Reconciles a create request whose result was not recorded: the response did not arrive, or the process crashed. The
 * attempt is never dialed again. It is matched with a call of the carrier, judged not placed, or treated as placed.
 */
@Injectable()
export class ReconcileAttempt {
  private readonly logger = new Logger(ReconcileAttempt.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly work: CallWorkSchedule,
    private readonly recordChange: RecordCallChange,
    private readonly carrier: VoiceCarrier,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    const loadedCallLog = await this.callLogs.loadCall(organization, attemptId);
    const calls = isUnresolved(loadedCallLog) ? await this.listCallsSince(loadedCallLog) : [];
    const knownSids = isUnresolved(loadedCallLog) ? await this.findCallsOfOtherAttempts(loadedCallLog) : [];
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      const callLog = await this.callLogs.loadCall(organization, attemptId, tx);
      const { dialedAt } = callLog;
      // Callbacks may have arrived in the meantime, or the dialing may have been undone.
      if (!isUnresolved(callLog) || !dialedAt || dialedAt.getTime() !== loadedCallLog.dialedAt?.getTime()) return;
      const now = this.clock.now();
      const { settleMs } = this.settings;
      const listing = calls?.map((call) => ({ ...call, sid: call.carrierCallId })) ?? null;
      const verdict = resolveUnknownAttempt({ dialedAt, now, settleMs, listing, to: callLog.phone, knownSids });
      await this.apply(tx, callLog, verdict, calls ?? [], now);
    });
  }

  private async apply(
    tx: Transaction,
    callLog: CallLog,
    verdict: UnknownResolution,
    calls: readonly CarrierCall[],
    now: Date,
  ): Promise<void> {
    if (verdict.kind === 'wait') {
      await this.work.reconcile(tx, callLog, new Date(Math.max(verdict.until.getTime(), now.getTime() + 1_000)));
      return;
    }
    await this.recordChange.execute(tx, callLog, toCallChange(callLog, verdict, calls, now), now);
    tx.afterCommit(() =>
      this.logger.warn({ attemptId: callLog._id, verdict: verdict.kind }, 'Reconciled an attempt with the carrier.'),
    );
  }

  /** @returns null if the carrier is unavailable */
  private async listCallsSince({ phone, dialedAt }: CallLog): Promise<CarrierCall[] | null> {
    try {
      const since = new Date((dialedAt ?? this.clock.now()).getTime() - CLOCK_TOLERANCE_MS);
      const calls = await this.carrier.listCalls({ to: phone, since });
      return calls.filter(({ direction }) => direction === 'outbound');
    } catch (error) {
      if (error instanceof ProviderError) return null;
      throw error;
    }
  }

  private async findCallsOfOtherAttempts({ _id, phone, dialedAt }: CallLog): Promise<string[]> {
    // The carrier may have created the calls of earlier attempts late, within the settle time.
    const since = (dialedAt ?? this.clock.now()).getTime() - CLOCK_TOLERANCE_MS - this.settings.settleMs;
    return this.callLogs.findOtherCarrierCallIds(phone, new Date(since), _id);
  }
}

/** Whether the create request was sent and its result is unknown. */
const isUnresolved = ({ call, closedAt }: CallLog): boolean =>
  closedAt === undefined && (call.state === 'dialing' || call.state === 'unknown');

function toCallChange(
  callLog: CallLog,
  verdict: Exclude<UnknownResolution, { kind: 'wait' }>,
  calls: readonly CarrierCall[],
  now: Date,
): CallChange {
  if (verdict.kind === 'not_placed') {
    // Closed as canceled, because routing would replace an attempt that was not placed with another one.
    return callLog.cancelRequestedAt
      ? closeWithoutReport(callLog, 'canceled', now)
      : applyReport(callLog, { kind: 'judged_not_placed' }, now);
  }
  if (verdict.kind === 'counts_as_placed') return closeWithoutReport(callLog, 'no_answer', now);
  const carrierCall = calls.find(({ carrierCallId }) => carrierCallId === verdict.sid);
  return carrierCall
    ? applyReport(callLog, toCarrierReport(carrierCall, now), now)
    : applyReport(callLog, { kind: 'create_accepted', carrierCallId: verdict.sid }, now);
}
