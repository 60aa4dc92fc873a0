import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

import { httpFetch } from '#libs/http/http-fetch.js';
import { ProviderError } from '#libs/ports/errors.js';
import type { RecordingDownload } from '#libs/ports/voice-carrier.js';

import type { TwilioClient } from '../../twilio/twilio-client.js';
import { createUnreachableError, toProviderError } from '../../twilio/twilio-errors.js';

const fetchRecording = httpFetch({ isIdempotent: true });

/**
 * Downloads a recording as WAV, because the SDK offers no media download. The URL is built from the ID, never taken
 * from a webhook. Credentials are sent only to the configured API: a redirect to other storage is followed without
 * them.
 * @param downloadTimeoutMs timeout of the whole transfer, in milliseconds
 */
export async function downloadRecording(
  client: TwilioClient,
  recording: { readonly recordingId: string; readonly channels: 1 | 2 },
  downloadTimeoutMs: number,
): Promise<RecordingDownload> {
  const { accountSid, authToken } = client.account;
  const path = `/2010-04-01/Accounts/${accountSid}/Recordings/${recording.recordingId}.wav`;
  const url = `${client.baseUrl}${path}?RequestedChannels=${recording.channels}`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  // The headers must arrive within the API's timeout, the content within the download timeout.
  const headersTimeout = new AbortController();
  const timer = setTimeout(() => headersTimeout.abort(createTimeoutError(client.timeoutMs)), client.timeoutMs);
  const signal = AbortSignal.any([headersTimeout.signal, AbortSignal.timeout(downloadTimeoutMs)]);
  try {
    const response = await fetchRecording(url, { headers: { authorization }, signal });
    if (!response.ok || response.body === null) {
      const { status } = response;
      const headers = Object.fromEntries(response.headers);
      throw toProviderError({ method: 'get', status, body: await response.text(), headers }, new Date());
    }
    const length = Number(response.headers.get('content-length') ?? NaN);
    return {
      stream: Readable.from(mapStreamErrors(response.body as ReadableStream<Uint8Array>), { objectMode: false }),
      contentLength: Number.isFinite(length) ? length : undefined,
      contentType: response.headers.get('content-type') ?? 'audio/wav',
    };
  } catch (error) {
    throw error instanceof ProviderError ? error : createUnreachableError('get', error);
  } finally {
    clearTimeout(timer);
  }
}

async function* mapStreamErrors(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw createUnreachableError('get', error);
  }
}

function createTimeoutError(timeoutMs: number): Error {
  return Object.assign(new Error(`no response within ${timeoutMs} ms`), { code: 'ETIMEDOUT' });
}
