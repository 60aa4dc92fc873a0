import { parseConnectionOverrides } from './connection-overrides.js';

describe('parseConnectionOverrides', () => {
  it('uses Twilio’s defaults and does not change a URL without a fragment', () => {
    const { url, overrides } = parseConnectionOverrides('https://example.org/voice?a=b');
    expect(url).toBe('https://example.org/voice?a=b');
    expect(overrides).toEqual({
      connectTimeoutMs: 5000,
      readTimeoutMs: 15_000,
      totalTimeoutMs: 15_000,
      retryCount: 1,
      retryPolicy: new Set(['ct']),
    });
  });

  it('parses the fragment and removes it from the URL', () => {
    const { url, overrides } = parseConnectionOverrides(
      'https://example.org/voice?a=b#rc=4&ct=900&rt=2000&tt=9000&rp=5xx,rt',
    );
    expect(url).toBe('https://example.org/voice?a=b');
    expect(overrides).toEqual({
      connectTimeoutMs: 900,
      readTimeoutMs: 2000,
      totalTimeoutMs: 9000,
      retryCount: 4,
      retryPolicy: new Set(['5xx', 'rt']),
    });
  });

  it('clamps values to Twilio’s limits, and accepts "all"', () => {
    const { overrides } = parseConnectionOverrides('http://example.org/#rc=50&ct=1&rt=99999&tt=0&rp=all');
    expect(overrides).toEqual({
      connectTimeoutMs: 100,
      readTimeoutMs: 15_000,
      totalTimeoutMs: 100,
      retryCount: 5,
      retryPolicy: new Set(['4xx', '5xx', 'ct', 'rt']),
    });
  });
});
