import { Injectable } from '@nestjs/common';
import { Ledger, type LedgerEntry, type RecordedPiece, type RecordingSource } from '../ledger/ledger.module.js';

export type RecordingStatus = 'in-progress' | 'paused' | 'processing' | 'completed' | 'absent';

/** The state of one recording, folded from its ledger entries. Instants are UTC epoch milliseconds. */
export interface RecordingRecord {
  readonly sid: string;
  readonly callSid: string;
  readonly source: RecordingSource;
  readonly channels: 1 | 2;
  readonly track: 'inbound' | 'outbound' | 'both';
  readonly createdAt: number;
  updatedAt: number;
  status: RecordingStatus;
  durationMs: number | null;
  pieces: readonly RecordedPiece[];
  errorCode: number | null;
}

/** All recordings that are not deleted, oldest first. */
@Injectable()
export class RecordingBook {
  private readonly bySid = new Map<string, RecordingRecord>();
  private readonly byCall = new Map<string, RecordingRecord[]>();

  constructor(ledger: Ledger) {
    ledger.addProjection(this.apply);
  }

  private readonly apply = (entry: LedgerEntry): void => {
    if (entry.type === 'reset') {
      this.bySid.clear();
      this.byCall.clear();
    } else if (entry.type === 'recording.started') {
      this.start(entry);
    } else if ('recordingSid' in entry) {
      const recording = this.bySid.get(entry.recordingSid);
      if (recording === undefined) return;
      recording.updatedAt = entry.at;
      if (entry.type === 'recording.deleted') this.delete(recording);
      else if (entry.type === 'recording.paused') recording.status = 'paused';
      else if (entry.type === 'recording.resumed') recording.status = 'in-progress';
      else if (entry.type === 'recording.finished') {
        const { status, durationMs, pieces, errorCode } = entry;
        Object.assign(recording, { status, durationMs, pieces, errorCode });
      }
    }
  };

  get(sid: string): RecordingRecord | undefined {
    return this.bySid.get(sid);
  }

  all(): RecordingRecord[] {
    return [...this.bySid.values()];
  }

  /** Lists recordings that are in progress or being processed. */
  listUnfinished(): RecordingRecord[] {
    return this.all().filter(({ durationMs }) => durationMs === null);
  }

  listByCall(callSid: string): readonly RecordingRecord[] {
    return this.byCall.get(callSid) ?? [];
  }

  private start(entry: Extract<LedgerEntry, { type: 'recording.started' }>): void {
    const recording: RecordingRecord = {
      sid: entry.recordingSid,
      callSid: entry.callSid,
      source: entry.source,
      channels: entry.channels,
      track: entry.track,
      createdAt: entry.at,
      updatedAt: entry.at,
      status: 'in-progress',
      durationMs: null,
      pieces: [],
      errorCode: null,
    };
    this.bySid.set(recording.sid, recording);
    this.byCall.set(recording.callSid, [...this.listByCall(recording.callSid), recording]);
  }

  private delete(recording: RecordingRecord): void {
    this.bySid.delete(recording.sid);
    this.byCall.set(
      recording.callSid,
      this.listByCall(recording.callSid).filter(({ sid }) => sid !== recording.sid),
    );
  }
}
