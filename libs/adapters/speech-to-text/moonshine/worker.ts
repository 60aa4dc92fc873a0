import { parentPort, workerData } from 'node:worker_threads';

import type { RecogniserOptions } from './moonshine-recogniser.js';
import { MoonshineRecogniser } from './moonshine-recogniser.js';
import type { WorkerReply, WorkerRequest } from './worker-protocol.js';
import { asSpeechToTextError } from './worker-protocol.js';

/** The worker thread's side: one recording at a time, so that the model is never entered twice. */
const port = parentPort;
if (port === null) throw new Error('This file is the body of a worker thread; MoonshineSpeechToText starts it.');

const recogniser = new MoonshineRecogniser(workerData as RecogniserOptions);
const reply = (message: WorkerReply) => port.postMessage(message);

port.on('message', (message: WorkerRequest) => {
  if (message.kind === 'close') {
    // Without its listener the port no longer keeps the thread alive.
    void recogniser.release().finally(() => port.close());
    return;
  }
  const { id, request } = message;
  recogniser.recognise(request).then(
    (transcription) => reply({ kind: 'transcribed', id, transcription }),
    (error: unknown) => {
      const { code, message: reason } = asSpeechToTextError(error);
      reply({ kind: 'failed', id, code, message: reason });
    },
  );
});
