import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CallLogRepository, CallWork } from '../call-log/call-log.module.js';

/**
 * After a start the carrier is asked at once about every call that was open: what it reported while nobody listened is
 * lost, and whoever waits for the call's end should not wait for the regular check.
 */
@Injectable()
export class CheckOpenCalls implements OnApplicationBootstrap {
  private readonly logger = new Logger(CheckOpenCalls.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly work: CallWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    // Not awaited: serving does not depend on it, and the regular check comes anyway.
    this.execute().catch((error: unknown) => this.logger.error(error, 'Open calls are left to their regular check.'));
  }

  async execute(): Promise<void> {
    for (const callLog of await this.callLogs.openAtCarrier()) {
      await this.transactions.run((tx) => this.work.watchNow(tx, callLog, this.clock.now()));
    }
  }
}
