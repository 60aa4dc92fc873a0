import { workerData } from 'node:worker_threads';

import { serveRequests } from '../../worker-thread/serve-requests.js';
import { toSpeechToTextError } from '../as-speech-to-text-error.js';
import { MoonshineRecognizer, type RecognizerOptions } from './moonshine-recognizer.js';

// Entry point of the recognizer's worker thread.
const recognizer = new MoonshineRecognizer(workerData as RecognizerOptions);

serveRequests({
  order: 'sequential',
  handle: (request: Parameters<MoonshineRecognizer['recognize']>[0]) => recognizer.recognize(request),
  toFailure: (error) => {
    const { code, message } = toSpeechToTextError(error);
    return { code, message };
  },
  release: () => recognizer.release(),
});
