import { readFileSync } from 'node:fs';
import { readReaderModel, type ReaderModel } from '#libs/domain/instructions/reading/reader-model.js';
import type { ReaderModelSource } from '#libs/ports/reader-model-source.js';

/** The trained model. `npm run train:reader` writes it; the build copies it beside the compiled files. */
const MODEL_FILE = new URL('./reader.model', import.meta.url);

let loaded: ReaderModel | undefined;

/** The model of this version of DelAuto, read once per process. */
export function loadReaderModel(): ReaderModel {
  loaded ??= readReaderModel(readFileSync(MODEL_FILE));
  return loaded;
}

/** Provides the model that is shipped with the code. */
export class ReaderModelFile implements ReaderModelSource {
  load(): ReaderModel {
    return loadReaderModel();
  }
}
