import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** The topics of an analyzed recording or text, without the customer's words. `_id` is the id of that source. */
export type WordsProjectionDocument = ProjectionDocument<
  'understoodAt',
  { deliveryId: string; topics: string; hindrances: string; mood: 'positive' | 'negative' | 'neither' }
>;

export const wordsProjectionSchema = projectionSchema('wordsProjections');
wordsProjectionSchema.index({ organizationId: 1, 'earliest.understoodAt': 1 });
