import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import {
  type AttemptWork,
  type CallLog,
  CallLogRepository,
  closeWithoutReport,
  applyReport,
  RecordCallChange,
} from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { toCarrierReport } from './to-carrier-report.js';

/**
 * Time after dialing at which an attempt is closed as failed if the carrier does not know its call: no report will
 * arrive.
 */
const LOST_AFTER_MS = 10 * 60_000;

/** Polls the carrier about a call whose end was not reported: callbacks are lost while the app is down. */
@Injectable()
export class WatchCall {
  private readonly logger = new Logger(WatchCall.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordChange: RecordCallChange,
    private readonly carrier: VoiceCarrier,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderError if the carrier is unavailable; the queue retries */
  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    const loadedCallLog = await this.callLogs.loadCall(organization, attemptId);
    const { carrierCallId } = loadedCallLog;
    const carrierCall =
      isOngoing(loadedCallLog) && carrierCallId ? await this.carrier.getCall(carrierCallId) : undefined;
    await this.transactions.run(
      async (tx) => {
        const callLog = await this.callLogs.loadCall(organization, attemptId, tx);
        if (!isOngoing(callLog)) return item.complete(tx);
        const now = this.clock.now();
        if (!carrierCall && now.getTime() - (callLog.dialedAt ?? now).getTime() >= LOST_AFTER_MS) {
          this.logger.error(
            { attemptId, carrierCallId },
            'Closing an attempt as failed: the carrier does not know its call.',
          );
          await this.recordChange.execute(tx, callLog, closeWithoutReport(callLog, 'failed', now), now);
          return item.complete(tx);
        }
        const change = carrierCall && applyReport(callLog, toCarrierReport(carrierCall, now), now);
        const after = change ? await this.recordChange.execute(tx, callLog, change, now) : callLog;
        if (!isOngoing(after)) return item.complete(tx);
        await item.postpone(tx, new Date(now.getTime() + this.settings.watchSeconds * 1_000));
      },
      { queueKey: attemptId },
    );
  }
}

const isOngoing = ({ call, closedAt }: CallLog): boolean => closedAt === undefined && call.facts.carrierEnd === null;
