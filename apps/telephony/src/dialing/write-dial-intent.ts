import { Injectable } from '@nestjs/common';
import { parseOrganizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { TelephonySettings } from '../config/config.module.js';
import { SuppressedNumberRepository } from '../suppression/suppression.module.js';
import {
  type AttemptWork,
  type CallLog,
  CallLogRepository,
  CallWorkSchedule,
  isNumberReserved,
  RecordCallChange,
  refuse,
  startDialing,
} from '../call-log/call-log.module.js';
import { judgeDial } from './judge-dial.js';

/** Delay while another open attempt has reserved the number. */
const NUMBER_TAKEN_DELAY_MS = 5_000;
/** Delay while the maximum number of concurrent calls is reached. */
const CAPACITY_DELAY_MS = 2_000;

/** Judges whether to dial an attempt and commits the intent before the create request is sent. */
@Injectable()
export class WriteDialIntent {
  /** Number of intents that this process is writing. */
  private pendingIntents = 0;

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly suppressed: SuppressedNumberRepository,
    private readonly work: CallWorkSchedule,
    private readonly recordChange: RecordCallChange,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  /** @returns the attempt to dial now; undefined if it must not be dialed, or not yet */
  async execute(item: WorkItem<AttemptWork>): Promise<CallLog | undefined> {
    // The count of open attempts may not include intents that this process is still writing, so they are added.
    // Replicas may together exceed the limit by the intents that they write at the same time.
    const pending = this.pendingIntents;
    this.pendingIntents += 1;
    try {
      if ((await this.callLogs.countOpen()) + pending < this.settings.concurrentCalls)
        return await this.writeIntent(item);
      await this.postpone(item, CAPACITY_DELAY_MS);
      return undefined;
    } finally {
      this.pendingIntents -= 1;
    }
  }

  private async writeIntent(item: WorkItem<AttemptWork>): Promise<CallLog | undefined> {
    try {
      return await this.transactions.run(async (tx) => {
        await item.complete(tx);
        return this.judge(tx, await this.callLogs.loadCall(item.organizationId, item.payload.attemptId, tx));
      });
    } catch (error) {
      if (!isNumberReserved(error)) throw error;
      await this.postpone(item, NUMBER_TAKEN_DELAY_MS);
      return undefined;
    }
  }

  private async postpone(item: WorkItem<AttemptWork>, delayMs: number): Promise<void> {
    const dueAt = new Date(this.clock.now().getTime() + delayMs);
    await this.transactions.run((tx) => item.postpone(tx, dueAt));
  }

  private async judge(tx: Transaction, callLog: CallLog): Promise<CallLog | undefined> {
    if (callLog.closedAt || callLog.call.state !== 'intended') return undefined;
    const organization = parseOrganizationId(callLog.organizationId);
    const now = this.clock.now();
    const { queueMarginSeconds, ringSeconds, settleMs } = this.settings;
    const isSuppressed = await this.suppressed.isSuppressed(organization, callLog.phone, tx);
    const decision = judgeDial(callLog, { now, isSuppressed, queueMarginSeconds, ringSeconds });
    if (decision.kind === 'refuse') {
      await this.recordChange.execute(tx, callLog, refuse(callLog, decision.refusal, now), now);
      return undefined;
    }
    const dialingCallLog = startDialing(callLog, now);
    await this.callLogs.apply(tx, { callLog: dialingCallLog, changed: true, events: [], effects: [] });
    await this.work.reconcile(tx, dialingCallLog, new Date(now.getTime() + settleMs));
    return dialingCallLog;
  }
}
