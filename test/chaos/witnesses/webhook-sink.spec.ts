import { isValidSignature } from './webhook-sink.js';

// The example of the Standard Webhooks specification.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"test": 2432232314}';
const AT = 1_614_265_330_000;
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

it('the webhook sink verifies the example of the specification, alone and among other signatures', () => {
  expect(isValidSignature(SECRET, BODY, headers, AT)).toBe(true);
  const several = { ...headers, 'webhook-signature': `v1,AAAA v2,BBBB ${headers['webhook-signature']}` };
  expect(isValidSignature(SECRET, BODY, several, AT)).toBe(true);
});

it('the webhook sink rejects another body, secret or id, and an expired timestamp', () => {
  expect(isValidSignature(SECRET, `${BODY} `, headers, AT)).toBe(false);
  expect(isValidSignature('whsec_AAAA', BODY, headers, AT)).toBe(false);
  expect(isValidSignature(SECRET, BODY, { ...headers, 'webhook-id': 'msg_other' }, AT)).toBe(false);
  expect(isValidSignature(SECRET, BODY, headers, AT + 301_000)).toBe(false);
  expect(isValidSignature(undefined, BODY, headers, AT)).toBe(false);
});
