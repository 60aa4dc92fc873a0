/** The app's queue, and the kinds of work in it. */
export const NOTIFICATION_QUEUE = 'notification_queue';

export const WORK_KINDS = {
  push: 'push',
  sms: 'sms',
  webhook: 'webhook',
} as const;
