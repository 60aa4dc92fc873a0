import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '#libs/persistence/index.js';
import { expectsRecording, isBrokenOff, isAskingForCode, type CallChange, type CallLog } from './call-log.js';
import { CallLogRepository } from './call-log.repository.js';
import { CallMetrics } from './call-metrics.js';
import { CallWorkSchedule } from './call-work-schedule.js';
import { canCancelAtCarrier } from './judge-cancel.js';

/** Saves a change of a call log with its events, and schedules the work that follows from it. */
@Injectable()
export class RecordCallChange {
  private readonly logger = new Logger(RecordCallChange.name);

  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly work: CallWorkSchedule,
    private readonly metrics: CallMetrics,
  ) {}

  /** @param before the attempt as loaded in this transaction */
  async execute(tx: Transaction, before: CallLog, change: CallChange, now: Date): Promise<CallLog> {
    const after = await this.callLogs.apply(tx, change);
    this.reportAnomalies(tx, after, change);
    if (before.call.state === 'unknown' && after.call.state !== 'unknown') this.recordResolution(tx, after, now);
    if (before.carrierCallId === undefined && after.carrierCallId !== undefined && after.call.outcome === null) {
      await this.work.watch(tx, after, now);
    }
    if (canCancelAtCarrier(after) && !canCancelAtCarrier(before)) await this.work.cancelAtCarrier(tx, after, now);
    if (isAskingForCode(after) !== isAskingForCode(before)) await this.work.pauseRecording(tx, after, now);
    if (isBrokenOff(after) && !isBrokenOff(before)) await this.work.conclude(tx, after, now);
    if (after.closedAt && !before.closedAt) await this.close(tx, after, now);
    return after;
  }

  private async close(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    if (expectsRecording(callLog)) await this.work.findRecording(tx, callLog, now);
    const { _id: attemptId, deliveryId, refusal, call } = callLog;
    const outcome = refusal ? 'refused' : (call.outcome ?? 'none');
    tx.afterCommit(() => {
      this.metrics.recordClosedCall(outcome);
      const reason = refusal ? `: ${refusal.rule}, ${refusal.detail}` : '';
      this.logger.log({ attemptId, deliveryId, outcome }, `Attempt closed: ${outcome}${reason}`);
    });
  }

  private recordResolution(tx: Transaction, { call, carrierCallId, dialedAt }: CallLog, now: Date): void {
    const placedFate = carrierCallId === undefined ? 'counts_as_placed' : 'placed';
    const fate = call.outcome === 'not_placed' ? 'not_placed' : placedFate;
    const seconds = (now.getTime() - (dialedAt ?? now).getTime()) / 1000;
    tx.afterCommit(() => this.metrics.recordResolution(fate, seconds));
  }

  private reportAnomalies(tx: Transaction, { _id: attemptId }: CallLog, { effects }: CallChange): void {
    for (const effect of effects) {
      if (effect.kind === 'second_carrier_call') {
        const { carrierCallId } = effect;
        tx.afterCommit(() => {
          this.metrics.recordSecondCarrierCall();
          this.logger.error({ attemptId, carrierCallId }, 'Found a second carrier call for one attempt.');
        });
      }
      if (effect.kind === 'outcome_revised') {
        const { from, to } = effect;
        tx.afterCommit(() => this.logger.warn({ attemptId, from, to }, 'Received a late report with another outcome.'));
      }
    }
  }
}
