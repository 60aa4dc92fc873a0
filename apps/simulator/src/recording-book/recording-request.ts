import { type Form, formValues, formMethod, formValue, formUrl } from '../request-bodies/request-bodies.module.js';
import type { Webhook } from '../webhooks/webhooks.module.js';

/** A recording requested by a form or a verb. */
export interface RecordingRequest {
  readonly channels: 1 | 2;
  readonly track: 'inbound' | 'outbound' | 'both';
  readonly callback: (Webhook & { readonly events: readonly string[] }) | null;
}

/** Parses `RecordingChannels`, `RecordingTrack` and `RecordingStatusCallback…`. */
export function parseRecordingRequest(form: Form): RecordingRequest {
  const url = formUrl(form, 'RecordingStatusCallback');
  const track = formValue(form, 'RecordingTrack');
  const events = formValues(form, 'RecordingStatusCallbackEvent').flatMap((value) => value.split(' '));
  return {
    channels: formValue(form, 'RecordingChannels') === 'dual' ? 2 : 1,
    track: track === 'inbound' || track === 'outbound' ? track : 'both',
    callback:
      url === undefined
        ? null
        : {
            url,
            method: formMethod(form, 'RecordingStatusCallbackMethod'),
            events: events.length > 0 ? events : ['completed'],
          },
  };
}
