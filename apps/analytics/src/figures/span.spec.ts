import { resolveSpan } from './span.js';

const now = new Date('2026-03-31T12:00:00Z');
const resolveDays = (request: { from?: string; to?: string }): string[] => {
  const { from, to } = resolveSpan(request, now, 90);
  return [from.toISOString().slice(0, 10), to.toISOString().slice(0, 10)];
};

describe('the span of figures', () => {
  it('defaults to the last thirty days, or to thirty days before the given end', () => {
    expect(resolveDays({})).toEqual(['2026-03-01', '2026-03-31']);
    expect(resolveDays({ to: '2026-02-28T00:00:00Z' })).toEqual(['2026-01-29', '2026-02-28']);
    expect(resolveDays({ from: '2026-03-20T00:00:00Z' })).toEqual(['2026-03-20', '2026-03-31']);
    expect(resolveDays({ from: '2026-04-20T00:00:00Z' })).toEqual(['2026-04-20', '2026-04-20']);
  });

  it('is rejected if it ends before it begins or exceeds the maximum', () => {
    const spanOrErrorCode = (request: object): unknown => {
      try {
        return resolveSpan(request, now, 90);
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(spanOrErrorCode({ from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' })).toBe('invalid_request');
    expect(spanOrErrorCode({ from: '2025-12-31T11:59:59Z' })).toBe('span_too_long');
    expect(spanOrErrorCode({ from: '2025-12-31T12:00:00Z' })).toMatchObject({ to: now });
  });
});
