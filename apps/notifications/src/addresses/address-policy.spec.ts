import { AddressPolicy, isPublicAddress } from './address-policy.js';

describe('isPublicAddress', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'not an address',
    '',
  ])('rejects %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001::1'])(
    'accepts %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('AddressPolicy', () => {
  it.each([
    'http://partner.example/hook',
    'https://user:secret@partner.example/hook',
    'https://127.0.0.1/hook',
    'https://2130706433/hook',
    'https://0x7f.1/hook',
    'https://[::1]/hook',
    'https://[::ffff:10.0.0.1]/hook',
    'ftp://partner.example/hook',
    'not a url',
  ])('rejects %s if only public addresses are allowed', (url) => {
    expect(new AddressPolicy(false).findUrlProblem(url)).toBeDefined();
  });

  it('accepts a public https URL, and a private one only if private addresses are allowed', () => {
    expect(new AddressPolicy(false).findUrlProblem('https://partner.example:8443/hook')).toBeUndefined();
    expect(new AddressPolicy(true).findUrlProblem('http://127.0.0.1:9000/hook')).toBeUndefined();
    expect(new AddressPolicy(true).findUrlProblem('http://user:secret@127.0.0.1:9000/hook')).toBeDefined();
  });
});
