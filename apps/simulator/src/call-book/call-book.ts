import { Injectable } from '@nestjs/common';
import { isFinal, Ledger, type LedgerEntry } from '../ledger/ledger.module.js';
import { applyToCall, toCallRecord, type CallRecord } from './call-record.js';

/** All calls, by SID and by called number, oldest first. */
@Injectable()
export class CallBook {
  private readonly bySid = new Map<string, CallRecord>();
  private readonly byTo = new Map<string, CallRecord[]>();
  private openCallCount = 0;

  constructor(ledger: Ledger) {
    ledger.addProjection(this.apply);
  }

  private readonly apply = (entry: LedgerEntry): void => {
    if (entry.type === 'reset') {
      this.bySid.clear();
      this.byTo.clear();
      this.openCallCount = 0;
    } else if (entry.type === 'call.created') {
      const call = toCallRecord(entry);
      this.bySid.set(call.sid, call);
      const callsToNumber = this.byTo.get(call.to);
      if (callsToNumber) callsToNumber.push(call);
      else this.byTo.set(call.to, [call]);
      this.openCallCount += 1;
    } else if ('callSid' in entry && entry.type.startsWith('call.')) {
      const call = this.bySid.get(entry.callSid);
      if (call === undefined) return; // The call was created before a reset.
      if (entry.type === 'call.ended' && !isFinal(call.status)) this.openCallCount -= 1;
      applyToCall(call, entry);
    }
  };

  get(sid: string): CallRecord | undefined {
    return this.bySid.get(sid);
  }

  /** Number of calls that have not ended. */
  get openCount(): number {
    return this.openCallCount;
  }

  all(): IterableIterator<CallRecord> {
    return this.bySid.values();
  }

  listByNumber(number: string): readonly CallRecord[] {
    return this.byTo.get(number) ?? [];
  }

  listOpenCalls(): CallRecord[] {
    return [...this.bySid.values()].filter((call) => !isFinal(call.status));
  }

  /**
   * Counts the calls to this number that were created after ledger entry `afterSeq` and that the carrier has started.
   */
  countStartedCalls(number: string, afterSeq: number): number {
    return this.listByNumber(number).filter((call) => call.startedAt !== null && call.createdSeq > afterSeq).length;
  }
}
