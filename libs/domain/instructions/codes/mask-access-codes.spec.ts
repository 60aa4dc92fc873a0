import { findAccessCode } from './access-code.js';
import { maskAccessCodes, withoutAccessCodes } from './mask-access-codes.js';

describe('masking access codes', () => {
  it.each([
    ['Leave it at the back, the gate code is 4271.', 'Leave it at the back, the gate code is ••••.'],
    ['The code used to be 1111, the new gate code is 4271.', 'The code used to be ••••, the new gate code is ••••.'],
    ['I am at 4271 Oak Street.', 'I am at 4271 Oak Street.'],
    ['', ''],
  ])('turns %j into %j', (text, masked) => {
    expect(maskAccessCodes(text)).toBe(masked);
  });

  it('masks spoken digits and keeps every offset', () => {
    const text = 'The gate code is four two seven one. Leave it in the garage.';
    const masked = maskAccessCodes(text);
    expect(masked).toHaveLength(text.length);
    expect(masked).not.toContain('seven');
    expect(masked.indexOf('garage')).toBe(text.indexOf('garage'));
    expect(findAccessCode(masked)).toBeNull();
  });

  it('masks a finding, its words, and the code wherever else it occurs', () => {
    const text = 'the gate code is 4271, so 4271 and then the shed';
    const accessCode = {
      value: '4271',
      confidence: 1,
      source: 'analysis',
      evidence: { start: 17, end: 21, text: '4271' },
    };
    const masked = withoutAccessCodes({
      text,
      at: '2026-03-02T15:00:00Z',
      instructions: { accessCode, complexity: 2 },
    });
    expect(JSON.stringify(masked)).not.toContain('4271');
    expect(masked).toMatchObject({ at: '2026-03-02T15:00:00Z', instructions: { accessCode: { value: '••••' } } });
    expect(masked.text).toBe('the gate code is ••••, so •••• and then the shed');
  });

  it('masks a code that is split over two segments', () => {
    const segments = [{ text: 'the gate code is four five' }, { text: 'one two thanks' }];
    const masked = withoutAccessCodes({ text: 'the gate code is four five one two thanks', segments });
    expect(JSON.stringify(masked)).not.toMatch(/four|one two/);
    expect(masked.segments[1]?.text).toMatch(/^•+ thanks$/);
  });

  it('masks a finding however short its code is, and leaves short words alone', () => {
    const accessCode = { value: '9', confidence: 1, source: 'keys' };
    expect(withoutAccessCodes({ text: 'ring 9 times', instructions: { accessCode } })).toEqual({
      text: 'ring 9 times',
      instructions: { accessCode: { ...accessCode, value: '•' } },
    });
  });
});
