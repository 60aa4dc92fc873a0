import { IdField, TextField } from '../fields/index.js';

/** Fields of every event about a delivery. */
export class DeliveryFact {
  @IdField() deliveryId!: string;
  @TextField({ max: 100 }) reference!: string;
}
