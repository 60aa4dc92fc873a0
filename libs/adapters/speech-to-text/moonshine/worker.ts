import { workerData } from 'node:worker_threads';

import { serveRequests } from '../../worker-thread/serve-requests.js';
import { asSpeechToTextError } from '../as-speech-to-text-error.js';
import { MoonshineRecogniser, type RecogniserOptions } from './moonshine-recogniser.js';

/** Entry point of the recognizer's worker thread. */
const recognizer = new MoonshineRecogniser(workerData as RecogniserOptions);

serveRequests({
  order: 'in-turn',
  answer: (request: Parameters<MoonshineRecogniser['recognise']>[0]) => recognizer.recognise(request),
  describe: (error) => {
    const { code, message } = asSpeechToTextError(error);
    return { code, message };
  },
  release: () => recognizer.release(),
});
