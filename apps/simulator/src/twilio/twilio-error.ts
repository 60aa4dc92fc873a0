/** The REST errors of the simulator: Twilio's code, HTTP status and message. */
export const TWILIO_ERRORS = {
  20001: { status: 400, message: 'Invalid parameter' },
  20003: { status: 401, message: 'Authenticate' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'Internal Server Error' },
  21201: { status: 400, message: "No 'To' number specified" },
  21205: { status: 400, message: 'Url is not a valid URL' },
  21211: { status: 400, message: "The 'To' number is not a valid phone number." },
  21212: {
    status: 400,
    message: "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID.",
  },
  21213: { status: 400, message: "'From' number required" },
  21215: { status: 400, message: 'Account not authorized to call this number. Check its geo permissions.' },
  21220: { status: 400, message: 'Call is not in-progress. Cannot redirect.' },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
} as const;

export type TwilioErrorCode = keyof typeof TWILIO_ERRORS;

/** Thrown to refuse a REST request with one of Twilio's errors. */
export class TwilioApiError extends Error {
  override readonly name = 'TwilioApiError';
  readonly status: number;

  constructor(
    readonly code: TwilioErrorCode,
    detail?: string,
  ) {
    super(detail ?? TWILIO_ERRORS[code].message);
    this.status = TWILIO_ERRORS[code].status;
  }

  /** Maps the error to Twilio's JSON. */
  toJSON(): { code: number; message: string; more_info: string; status: number } {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    };
  }
}
