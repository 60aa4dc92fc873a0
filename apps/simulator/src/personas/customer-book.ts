import { Injectable } from '@nestjs/common';
import { Ledger, type LedgerEntry } from '../ledger/ledger.module.js';
import type { Persona } from './persona.js';
import { personas, scripted } from './personas.js';

/** Somebody at a phone number: a persona, with own utterances for some of its slots. */
export interface Customer {
  readonly phone: string;
  readonly persona: Persona;
  readonly utterances: Readonly<Record<string, string>>;
  readonly zone: string | null;
  /** Ledger sequence of when they were set: what their phone did before is another story. */
  readonly sinceSeq: number;
}

/** Webhooks of a number of ours; null means that it has none. */
export interface OwnNumber {
  readonly phone: string;
  readonly voiceUrl: string | null;
  readonly voiceFallbackUrl: string | null;
  readonly statusCallback: string | null;
  readonly smsUrl: string | null;
}

/** Who sits at which number. */
@Injectable()
export class CustomerBook {
  private readonly customers = new Map<string, Customer>();
  private readonly numbers = new Map<string, OwnNumber>();

  constructor(ledger: Ledger) {
    ledger.project(this.apply);
  }

  private readonly apply = (entry: LedgerEntry): void => {
    if (entry.type === 'reset') {
      this.customers.clear();
      this.numbers.clear();
    } else if (entry.type === 'customer.set') {
      const persona = entry.script ? scripted(entry.script, entry.conduct) : personas.get(entry.persona);
      if (persona === undefined) return; // a persona of an older version
      const { phone, utterances, zone, seq: sinceSeq } = entry;
      this.customers.set(phone, { phone, persona, utterances, zone, sinceSeq });
    } else if (entry.type === 'number.set') {
      const { phone, voiceUrl, voiceFallbackUrl, statusCallback, smsUrl } = entry;
      this.numbers.set(phone, { phone, voiceUrl, voiceFallbackUrl, statusCallback, smsUrl });
    }
  };

  customer(phone: string): Customer | undefined {
    return this.customers.get(phone);
  }

  all(): Customer[] {
    return [...this.customers.values()];
  }

  number(phone: string): OwnNumber | undefined {
    return this.numbers.get(phone);
  }
}

/** The utterance a customer uses for a slot; a name that is no slot is an utterance itself. */
export function utteranceFor(customer: Customer, slot: string): string {
  return customer.utterances[slot] ?? customer.persona.slots[slot] ?? slot;
}
