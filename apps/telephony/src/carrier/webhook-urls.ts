/**
 * Webhook URLs of one attempt. Every path contains the attempt id, so that a webhook that overtakes the response to its
 * create request still finds its call.
 */
export interface CallUrls {
  readonly fallback: string;
  readonly status: string;
  readonly recording: string;
  readonly amd: string;
  /** Returns the URL of the voice webhook of a step; of the first step if `step` is absent. */
  voice(step?: string): string;
}

/** @param publicUrl base URL of the webhooks as the carrier sees it, without a trailing slash */
export function createCallUrls(publicUrl: string, attemptId: string): CallUrls {
  const url = (path: string): string => `${publicUrl}/twilio/${path}/${encodeURIComponent(attemptId)}`;
  return {
    fallback: url('fallback'),
    // Repeated in the query, where the carrier's call log and third-party tools look for it.
    status: `${url('status')}?attemptId=${encodeURIComponent(attemptId)}`,
    recording: url('recording'),
    amd: url('amd'),
    voice: (step) => (step === undefined ? url('voice') : `${url('voice')}/${encodeURIComponent(step)}`),
  };
}

export const toSmsStatusUrl = (publicUrl: string, notificationId: string): string =>
  `${publicUrl}/twilio/sms/status/${encodeURIComponent(notificationId)}`;
