import {
  type Form,
  getFormValues,
  getFormMethod,
  getFormValue,
  parseFormUrl,
} from '../request-bodies/request-bodies.module.js';
import type { Webhook } from '../webhooks/webhooks.module.js';

/** A recording requested by a form or a verb. */
export interface RecordingRequest {
  readonly channels: 1 | 2;
  readonly track: 'inbound' | 'outbound' | 'both';
  readonly callback: (Webhook & { readonly events: readonly string[] }) | null;
}

/** Parses `RecordingChannels`, `RecordingTrack` and `RecordingStatusCallback…`. */
export function parseRecordingRequest(form: Form): RecordingRequest {
  const url = parseFormUrl(form, 'RecordingStatusCallback');
  const track = getFormValue(form, 'RecordingTrack');
  const events = getFormValues(form, 'RecordingStatusCallbackEvent').flatMap((value) => value.split(' '));
  return {
    channels: getFormValue(form, 'RecordingChannels') === 'dual' ? 2 : 1,
    track: track === 'inbound' || track === 'outbound' ? track : 'both',
    callback:
      url === undefined
        ? null
        : {
            url,
            method: getFormMethod(form, 'RecordingStatusCallbackMethod'),
            events: events.length > 0 ? events : ['completed'],
          },
  };
}
