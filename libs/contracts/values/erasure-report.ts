import { IdField } from '../fields/index.js';

/** The report of an app that it erased its data of a customer. */
export class ErasureReport {
  @IdField() erasureId!: string;
  @IdField() customerId!: string;
}
