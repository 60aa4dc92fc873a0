import { IdField } from '../fields/index.js';

/** An app has erased what it held of a customer. */
export class ErasureReport {
  @IdField() erasureId!: string;
  @IdField() customerId!: string;
}
