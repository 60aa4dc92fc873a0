import mongoose from 'mongoose';

/** A new id such as `dlv_66f2…`: unique, and ascending with its time of creation, so that pages by id are stable. */
export function newId(prefix: string): string {
  return `${prefix}_${new mongoose.Types.ObjectId().toHexString()}`;
}
