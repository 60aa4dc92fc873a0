import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import {
  type AttemptWork,
  type CallLog,
  CallLogRepository,
  giveUp,
  observe,
  RecordCallChange,
} from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { reportOf } from './report-of.js';

/** A carrier that does not know its own call after so long will never tell of it. */
const LOST_AFTER_MS = 10 * 60_000;

/** Asks the carrier about a call of which nothing final was heard: its callbacks are lost when we are down. */
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

  /** @throws ProviderError when the carrier cannot be asked; the queue tries again */
  async execute(item: WorkItem<AttemptWork>): Promise<void> {
    const { organizationId: organization } = item;
    const { attemptId } = item.payload;
    const asked = await this.callLogs.loadCall(organization, attemptId);
    const { carrierCallId } = asked;
    const found = isGoingOn(asked) && carrierCallId ? await this.carrier.getCall(carrierCallId) : undefined;
    await this.transactions.run(
      async (tx) => {
        const callLog = await this.callLogs.loadCall(organization, attemptId, tx);
        if (!isGoingOn(callLog)) return item.complete(tx);
        const now = this.clock.now();
        if (!found && now.getTime() - (callLog.dialedAt ?? now).getTime() >= LOST_AFTER_MS) {
          this.logger.error({ attemptId, carrierCallId }, 'The carrier does not know its own call; giving it up.');
          await this.recordChange.execute(tx, callLog, giveUp(callLog, 'failed', now), now);
          return item.complete(tx);
        }
        const change = found && observe(callLog, reportOf(found, now), now);
        const after = change ? await this.recordChange.execute(tx, callLog, change, now) : callLog;
        if (!isGoingOn(after)) return item.complete(tx);
        await item.postpone(tx, new Date(now.getTime() + this.settings.watchSeconds * 1_000));
      },
      { turn: attemptId },
    );
  }
}

const isGoingOn = ({ call, closedAt }: CallLog): boolean => closedAt === undefined && call.facts.carrierEnd === null;
