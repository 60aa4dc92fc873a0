import type { IncomingMessage } from 'node:http';
import { HandshakeGate } from './handshake-gate.js';
import { TokenBucket } from './token-bucket.js';

describe('the limits of the live channel', () => {
  it('permit a burst, then a fixed rate, and return the time to wait', () => {
    const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, 0);
    expect([0, 0, 0, 0].map((at) => bucket.take(at))).toEqual([0, 0, 0, 500]);
    expect(bucket.take(490)).toBe(10);
    expect(bucket.take(500)).toBe(0);
    expect(bucket.isFull(1_000)).toBe(false);
    expect(bucket.isFull(5_000)).toBe(true);
    expect([1, 2, 3, 4].map(() => bucket.take(60_000) === 0)).toEqual([true, true, true, false]);
  });

  it('count handshakes by IP address, and permit browser pages only from allowed origins', () => {
    let now = 0;
    const gate = new HandshakeGate(
      { perMinute: 2, origins: ['https://desk.example'], proxies: ['10.9.0.0/16', 'fd00::1'] },
      () => now,
    );
    const findRefusal = (remoteAddress: string, origin?: string, forwarded?: string) =>
      gate.findRefusal({
        headers: {
          ...(origin === undefined ? {} : { origin }),
          ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
        },
        socket: { remoteAddress } as IncomingMessage['socket'],
      });
    expect([findRefusal('10.0.0.1'), findRefusal('10.0.0.1'), findRefusal('10.0.0.1')]).toEqual([
      undefined,
      undefined,
      'too_many_handshakes',
    ]);
    expect(findRefusal('10.0.0.2')).toBeUndefined();
    now = 30_000;
    expect(findRefusal('10.0.0.1')).toBeUndefined();
    expect(findRefusal('10.0.0.3', 'https://desk.example')).toBeUndefined();
    expect(findRefusal('10.0.0.3', 'https://desk.example.evil.test')).toBe('origin_not_allowed');
    expect(findRefusal('10.0.0.3', 'null')).toBe('origin_not_allowed');
    // Behind a trusted proxy, each client has its own limit. Untrusted addresses cannot forge `X-Forwarded-For`.
    for (const client of ['1.1.1.1', '2.2.2.2', '3.3.3.3'])
      expect(findRefusal('10.9.1.1', undefined, client)).toBeUndefined();
    const refusalsOfForgedClients = ['7.7.7.7', '8.8.8.8', '9.9.9.9'].map((forgedAddress) =>
      findRefusal('::ffff:4.4.4.4', undefined, forgedAddress),
    );
    expect(refusalsOfForgedClients).toEqual([undefined, undefined, 'too_many_handshakes']);
    const refusalsOfForgedChains = ['5.5.5.5', '6.6.6.6', '0.0.0.0'].map((forgedAddress) =>
      findRefusal('fd00::1', undefined, `${forgedAddress}, 3.3.3.3`),
    );
    expect(refusalsOfForgedChains).toEqual([undefined, 'too_many_handshakes', 'too_many_handshakes']);
  });
});
