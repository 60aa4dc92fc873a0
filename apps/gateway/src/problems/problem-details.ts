import { IntegerField, ObjectListField, TextField } from '#libs/contracts/index.js';

class FieldError {
  @TextField({
    min: 0,
    max: 300,
    description:
      'Where: `window.start`, `items.3.phone`, or a parameter’s or header’s name; empty for the body itself.',
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

/** Problem details by RFC 9457, as every failure is answered. */
export class ProblemDetails {
  @TextField({
    max: 200,
    description: 'Stable identifier of the kind of problem, explained at /docs/problems.',
    example: 'urn:delauto:problem:invalid_request',
  })
  type!: string;
  @TextField({ max: 200, description: 'The kind of problem in words; the same for every occurrence.' }) title!: string;
  @IntegerField({ min: 400, max: 599, description: 'The HTTP status, repeated.', example: 400 }) status!: number;
  @TextField({ max: 20_000, description: 'What happened this time, and what to do.' }) detail!: string;
  @TextField({ max: 100, description: 'The last part of `type`, for programs.', example: 'invalid_request' })
  code!: string;
  @TextField({
    optional: true,
    max: 300,
    description: 'Names this one occurrence; holds the `X-Request-Id`.',
    example: 'urn:delauto:request:0198f2b4-6c1e-7a53-9d0c-2f7a1be0c9d4',
  })
  instance?: string;
  @ObjectListField(() => FieldError, { optional: true, description: 'Every wrong field, where fields are wrong.' })
  errors?: FieldError[];
  @TextField({
    optional: true,
    max: 32,
    pattern: /^[0-9a-f]{32}$/,
    description: 'The W3C trace id under which it is logged.',
    example: '4bf92f3577b34da6a3ce929d0e0e4736',
  })
  traceId?: string;
}
