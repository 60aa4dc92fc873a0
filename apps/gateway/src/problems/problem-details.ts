import { IntegerField, ObjectListField, TextField } from '#libs/contracts/index.js';

class FieldError {
  @TextField({
    min: 0,
    max: 300,
    description:
      'The location: a field such as `window.start` or `items.3.phone`, or the name of a parameter or header. Empty for the ' +
      'body itself.',
    example: 'window.start',
  })
  path!: string;
  @TextField({
    max: 1000,
    description: 'What is wrong and what is expected.',
    example: 'start must be a UTC instant such as 2026-03-02T15:00:00Z',
  })
  message!: string;
}

/** Problem details (RFC 9457), the body of every error response. */
export class ProblemDetails {
  @TextField({
    max: 200,
    description: 'Stable identifier of the problem type, explained at /docs/problems.',
    example: 'urn:delauto:problem:invalid_request',
  })
  type!: string;
  @TextField({ max: 200, description: 'The problem type in words; the same for every occurrence.' }) title!: string;
  @IntegerField({ min: 400, max: 599, description: 'The HTTP status, repeated.', example: 400 }) status!: number;
  @TextField({ max: 20_000, description: 'What happened in this occurrence, and what to do.' }) detail!: string;
  @TextField({ max: 100, description: 'The last part of `type`, for programs.', example: 'invalid_request' })
  code!: string;
  @TextField({
    optional: true,
    max: 300,
    description: 'Identifies this occurrence; contains the `X-Request-Id`.',
    example: 'urn:delauto:request:0198f2b4-6c1e-7a53-9d0c-2f7a1be0c9d4',
  })
  instance?: string;
  @ObjectListField(() => FieldError, { optional: true, description: 'All invalid fields, if fields are invalid.' })
  errors?: FieldError[];
  @TextField({
    optional: true,
    max: 32,
    pattern: /^[0-9a-f]{32}$/,
    description: 'The W3C trace id under which the error is logged.',
    example: '4bf92f3577b34da6a3ce929d0e0e4736',
  })
  traceId?: string;
}
