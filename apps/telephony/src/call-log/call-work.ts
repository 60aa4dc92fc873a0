import { Injectable } from '@nestjs/common';
import { organizationId, type Transaction } from '#libs/persistence/index.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { CALL_QUEUE, DIAL_QUEUE, RECORDING_QUEUE, TelephonySettings } from '../config/config.module.js';
import type { CallLog } from './call-log.js';

/** Work about one attempt. */
export interface AttemptWork {
  readonly attemptId: string;
}

/** How long a webhook with the customer's last words may come after the call's end. */
const LAST_WORD_MS = 2_000;
const MS = 1_000;

/** Everything that falls due in the life of one attempt. All of it is stored with the state it follows from. */
@Injectable()
export class CallWork {
  constructor(
    private readonly queue: WorkQueue,
    private readonly settings: TelephonySettings,
  ) {}

  async dial(tx: Transaction, callLog: CallLog, dueAt: Date): Promise<void> {
    await this.schedule(tx, callLog, 'dial-customer', dueAt, DIAL_QUEUE);
  }

  /** What became of a create request is found out at the latest when its effect must be in the carrier's listing. */
  async reconcile(tx: Transaction, callLog: CallLog, dueAt: Date): Promise<void> {
    await this.schedule(tx, callLog, 'reconcile-attempt', dueAt);
  }

  /** The carrier is asked about a call whose callbacks may be lost: after the ring, then again and again (see `WatchCall`). */
  async watch(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    const seconds = this.settings.watchSeconds + this.settings.ringSeconds;
    await this.schedule(tx, callLog, 'watch-call', new Date(now.getTime() + seconds * MS));
  }

  async watchNow(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'watch-call', now);
  }

  async cancelAtCarrier(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'cancel-at-carrier', now);
  }

  /** The recording pauses, or goes on, as the conversation says. */
  async pauseRecording(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'pause-recording', now);
  }

  /** What a dispatcher wants of the conversation. */
  async intervene(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'intervene', now);
  }

  async conclude(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'conclude-call', new Date(now.getTime() + LAST_WORD_MS));
  }

  async speakToMachine(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'speak-to-machine', now);
  }

  async findRecording(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    const dueAt = new Date(now.getTime() + this.settings.recordingSearchSeconds * MS);
    await this.schedule(tx, callLog, 'find-recording', dueAt, RECORDING_QUEUE);
  }

  /** One item for each kind and due time: an item done earlier never hides a later one. */
  private async schedule(
    tx: Transaction,
    { _id: attemptId, organizationId: owner }: CallLog,
    kind: string,
    dueAt: Date,
    queue: string = CALL_QUEUE,
  ): Promise<void> {
    await this.queue.schedule(tx, {
      queue,
      kind,
      key: `${kind}.${attemptId}.${dueAt.getTime()}`,
      dueAt,
      payload: { attemptId } satisfies AttemptWork,
      organizationId: organizationId(owner),
    });
  }
}
