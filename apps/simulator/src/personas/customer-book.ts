import { Injectable } from '@nestjs/common';
import { Ledger, type LedgerEntry } from '../ledger/ledger.module.js';
import type { Persona } from './persona.js';
import { personas, createScriptedPersona } from './personas.js';

/** A simulated person at a phone number: a persona, and utterances that override those of some slots. */
export interface Customer {
  readonly phone: string;
  readonly persona: Persona;
  readonly utterances: Readonly<Record<string, string>>;
  readonly zone: string | null;
  /** Ledger sequence at which the customer was set. Earlier calls do not affect the customer's behavior. */
  readonly sinceSeq: number;
}

/** The webhooks of a number of DelAuto. Null means that there is no such webhook. */
export interface DelAutoNumber {
  readonly phone: string;
  readonly voiceUrl: string | null;
  readonly voiceFallbackUrl: string | null;
  readonly statusCallback: string | null;
  readonly smsUrl: string | null;
}

/** The customers and DelAuto's numbers, by phone number. */
@Injectable()
export class CustomerBook {
  private readonly customers = new Map<string, Customer>();
  private readonly numbers = new Map<string, DelAutoNumber>();

  constructor(ledger: Ledger) {
    ledger.addProjection(this.apply);
  }

  private readonly apply = (entry: LedgerEntry): void => {
    if (entry.type === 'reset') {
      this.customers.clear();
      this.numbers.clear();
    } else if (entry.type === 'customer.set') {
      const persona = entry.script ? createScriptedPersona(entry.script, entry.conduct) : personas.get(entry.persona);
      if (persona === undefined) return; // The persona no longer exists.
      const { phone, utterances, zone, seq: sinceSeq } = entry;
      this.customers.set(phone, { phone, persona, utterances, zone, sinceSeq });
    } else if (entry.type === 'number.set') {
      const { phone, voiceUrl, voiceFallbackUrl, statusCallback, smsUrl } = entry;
      this.numbers.set(phone, { phone, voiceUrl, voiceFallbackUrl, statusCallback, smsUrl });
    }
  };

  findCustomer(phone: string): Customer | undefined {
    return this.customers.get(phone);
  }

  all(): Customer[] {
    return [...this.customers.values()];
  }

  findNumber(phone: string): DelAutoNumber | undefined {
    return this.numbers.get(phone);
  }
}

/** Finds the utterance for a slot of a customer. A name that is not a slot is itself an utterance. */
export function findUtterance(customer: Customer, slot: string): string {
  return customer.utterances[slot] ?? customer.persona.slots[slot] ?? slot;
}
