import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** A customer's words that were understood: a recording or a text, by whose id `_id` is. Topics without the words. */
export type WordsProjectionDocument = ProjectionDocument<
  'understoodAt',
  { deliveryId: string; topics: string; hindrances: string; mood: 'positive' | 'negative' | 'neither' }
>;

export const wordsProjectionSchema = projectionSchema('wordsProjections');
wordsProjectionSchema.index({ organizationId: 1, 'earliest.understoodAt': 1 });
