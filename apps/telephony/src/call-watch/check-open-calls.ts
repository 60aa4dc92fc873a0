import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CallLogRepository, CallWorkSchedule } from '../call-log/call-log.module.js';

/**
 * Polls the carrier about every open call when the app starts. Reports sent while the app was down are lost, and
 * consumers that wait for the end of a call need not wait for the regular check of each call (see `WatchCall`).
 */
@Injectable()
export class CheckOpenCalls implements OnApplicationBootstrap {
  private readonly logger = new Logger(CheckOpenCalls.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly work: CallWorkSchedule,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    // Not awaited: the app can serve requests meanwhile, and the regular check follows anyway.
    this.execute().catch((error: unknown) =>
      this.logger.error(error, 'Could not check open calls; the regular check follows.'),
    );
  }

  async execute(): Promise<void> {
    for (const callLog of await this.callLogs.findOpenAtCarrier()) {
      await this.transactions.run((tx) => this.work.watchNow(tx, callLog, this.clock.now()));
    }
  }
}
