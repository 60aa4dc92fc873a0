import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { CustomerBook } from './customer-book.js';

export { type Customer, CustomerBook } from './customer-book.js';
export { CustomerOnLine, type Speech } from './customer-on-line.js';
export { personas, SCRIPTED } from './personas.js';
export type { Response } from './react.js';

/** The simulated customers, and how they behave on the phone. */
@Module({
  imports: [LedgerModule],
  providers: [CustomerBook],
  exports: [CustomerBook],
})
export class PersonasModule {}
