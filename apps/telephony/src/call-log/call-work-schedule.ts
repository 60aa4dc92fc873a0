import { Injectable } from '@nestjs/common';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { CALL_QUEUE, DIAL_QUEUE, RECORDING_QUEUE, TelephonySettings } from '../config/config.module.js';
import type { CallLog } from './call-log.js';

/** Payload of work items about one attempt. */
export interface AttemptWork {
  readonly attemptId: string;
}

/** Time after the end of a call in which the webhook of its last turn may still arrive. */
const LAST_TURN_GRACE_MS = 2_000;
const MS_PER_SECOND = 1_000;

/** Schedules the due work of attempts, in the transaction that saves the state change that requires it. */
@Injectable()
export class CallWorkSchedule {
  constructor(
    private readonly queue: WorkQueue,
    private readonly settings: TelephonySettings,
  ) {}

  async dial(tx: Transaction, callLog: CallLog, dueAt: Date): Promise<void> {
    await this.schedule(tx, callLog, 'dial-customer', dueAt, DIAL_QUEUE);
  }

  /** Reconciles a create request. Due when a created call must appear in the carrier's listing. */
  async reconcile(tx: Transaction, callLog: CallLog, dueAt: Date): Promise<void> {
    await this.schedule(tx, callLog, 'reconcile-attempt', dueAt);
  }

  /**
   * Polls the carrier about a call whose callbacks may be lost: first after the ring time, then periodically (see
   * `WatchCall`).
   */
  async watch(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    const seconds = this.settings.watchSeconds + this.settings.ringSeconds;
    await this.schedule(tx, callLog, 'watch-call', new Date(now.getTime() + seconds * MS_PER_SECOND));
  }

  async watchNow(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'watch-call', now);
  }

  async cancelAtCarrier(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'cancel-at-carrier', now);
  }

  /** Pauses or resumes the recording, as the conversation requires. */
  async pauseRecording(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'pause-recording', now);
  }

  /** Applies the intervention that a dispatcher requested. */
  async intervene(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'intervene', now);
  }

  async conclude(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'conclude-call', new Date(now.getTime() + LAST_TURN_GRACE_MS));
  }

  /** Leaves a voicemail. The stored kind of this work is older than its name. */
  async leaveVoicemail(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    await this.schedule(tx, callLog, 'speak-to-machine', now);
  }

  async findRecording(tx: Transaction, callLog: CallLog, now: Date): Promise<void> {
    const dueAt = new Date(now.getTime() + this.settings.recordingSearchSeconds * MS_PER_SECOND);
    await this.schedule(tx, callLog, 'find-recording', dueAt, RECORDING_QUEUE);
  }

  /** The key contains the kind and the due time, so that a completed item never suppresses a later one. */
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
      organizationId: parseOrganizationId(owner),
    });
  }
}
