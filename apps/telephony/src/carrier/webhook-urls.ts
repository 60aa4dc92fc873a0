/**
 * Where the carrier reaches us about one attempt. Every path names the attempt, so that a webhook that overtakes the
 * answer to its create request still finds its call.
 */
export interface CallUrls {
  readonly fallback: string;
  readonly status: string;
  readonly recording: string;
  readonly amd: string;
  /** Where a turn of the conversation is asked for; without a step, the first. */
  voice(step?: string): string;
}

/** @param publicUrl base URL of the webhooks as the carrier sees it, without a slash at the end */
export function callUrls(publicUrl: string, attemptId: string): CallUrls {
  const url = (what: string): string => `${publicUrl}/twilio/${what}/${encodeURIComponent(attemptId)}`;
  return {
    fallback: url('fallback'),
    // Also in the query, where the carrier's call log and other people's tools look for such marks.
    status: `${url('status')}?attemptId=${encodeURIComponent(attemptId)}`,
    recording: url('recording'),
    amd: url('amd'),
    voice: (step) => (step === undefined ? url('voice') : `${url('voice')}/${encodeURIComponent(step)}`),
  };
}

export const smsStatusUrl = (publicUrl: string, notificationId: string): string =>
  `${publicUrl}/twilio/sms/status/${encodeURIComponent(notificationId)}`;
