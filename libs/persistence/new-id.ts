import mongoose from 'mongoose';

/**
 * Creates an id such as `dlv_66f2…`. Ids are unique and ascend with their creation time, so that pages by id are
 * stable.
 */
export function createId(prefix: string): string {
  return `${prefix}_${new mongoose.Types.ObjectId().toHexString()}`;
}
