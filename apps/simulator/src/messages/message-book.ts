import { Injectable } from '@nestjs/common';
import { Ledger, type LedgerEntry, type MessageStatus, type Parameters } from '../ledger/ledger.module.js';

/** The state of one text message, folded from its ledger entries. Instants are UTC epoch milliseconds. */
export interface MessageRecord {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  /** The query parameters of the status callback, by which the sender identifies its message. */
  readonly reference: Parameters;
  readonly createdAt: number;
  updatedAt: number;
  sentAt: number | null;
  status: MessageStatus;
  errorCode: number | null;
}

/** Keywords by which a recipient stops messages from a number. Twilio applies them by default. */
const STOP_WORDS = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);
/** Keywords by which a recipient resumes messages from a number. */
const START_WORDS = new Set(['start', 'yes', 'unstop']);

/** All text messages, and the recipients who opted out. */
@Injectable()
export class MessageBook {
  private readonly bySid = new Map<string, MessageRecord>();
  private readonly optOuts = new Set<string>();

  constructor(ledger: Ledger) {
    ledger.addProjection(this.apply);
  }

  private readonly apply = (entry: LedgerEntry): void => {
    if (entry.type === 'reset') {
      this.bySid.clear();
      this.optOuts.clear();
    } else if (entry.type === 'message.created') {
      this.add(entry);
    } else if (entry.type === 'message.status') {
      const message = this.bySid.get(entry.messageSid);
      if (message === undefined) return;
      message.status = entry.status;
      message.errorCode = entry.errorCode;
      message.updatedAt = entry.at;
      if (entry.status === 'sent') message.sentAt = entry.at;
    }
  };

  get(sid: string): MessageRecord | undefined {
    return this.bySid.get(sid);
  }

  all(): MessageRecord[] {
    return [...this.bySid.values()];
  }

  /** Whether `recipient` has opted out of messages from `sender`. */
  hasStopped(recipient: string, sender: string): boolean {
    return this.optOuts.has(`${recipient} ${sender}`);
  }

  private add(entry: Extract<LedgerEntry, { type: 'message.created' }>): void {
    const { messageSid: sid, to, from, body, direction, reference, at } = entry;
    const status = direction === 'inbound' ? 'received' : 'queued';
    this.bySid.set(sid, {
      sid,
      to,
      from,
      body,
      direction,
      reference,
      status,
      createdAt: at,
      updatedAt: at,
      sentAt: direction === 'inbound' ? at : null,
      errorCode: null,
    });
    if (direction !== 'inbound') return;
    const keyword = body.trim().toLowerCase();
    if (STOP_WORDS.has(keyword)) this.optOuts.add(`${from} ${to}`);
    else if (START_WORDS.has(keyword)) this.optOuts.delete(`${from} ${to}`);
  }
}
