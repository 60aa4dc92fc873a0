import type { ReaderModel } from '#libs/domain/instructions/reading/reader-model.js';

/** Provides the trained model that reads customers' words. */
export abstract class ReaderModelSource {
  /**
   * Returns the model. Reads it at the first call, so that an app without calls does not hold it in memory.
   * @throws Error if the model file is missing or of another version
   */
  abstract load(): ReaderModel;
}
