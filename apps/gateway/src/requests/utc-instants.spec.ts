import { InstantField, ObjectField, ObjectListField, TextField } from '#libs/contracts/index.js';
import { createInstantRewriter } from './utc-instants.js';

class Window {
  @InstantField() start!: string;
  @TextField() note!: string;
}

class Request {
  @InstantField({ optional: true, nullable: true }) at?: string | null;
  @TextField({ optional: true }) text?: string;
  @ObjectField(() => Window, { optional: true }) window?: Window;
  @ObjectListField(() => Window, { optional: true }) windows?: Window[];
}

class Plain {
  @TextField() text!: string;
}

describe('createInstantRewriter', () => {
  const offset = '2026-03-02T15:00:00.5+00:00';
  const zulu = '2026-03-02T15:00:00.5Z';

  it.each([
    [{ at: offset }, { at: zulu }],
    [
      { at: null, text: offset },
      { at: null, text: offset },
    ],
    [{ window: { start: offset, note: offset } }, { window: { start: zulu, note: offset } }],
    [
      { windows: [{ start: offset }, { start: zulu }, 7, null] },
      { windows: [{ start: zulu }, { start: zulu }, 7, null] },
    ],
    [{ at: '2026-03-02T15:00:00+01:00' }, { at: '2026-03-02T15:00:00+01:00' }],
    [
      { at: 5, window: [], windows: {} },
      { at: 5, window: [], windows: {} },
    ],
    [[], []],
    [null, null],
  ])('rewrites %j to %j', (value, expected) => {
    expect(createInstantRewriter(Request)?.(value)).toEqual(expected);
  });

  it('returns undefined for a contract without instants', () => {
    expect(createInstantRewriter(Plain)).toBeUndefined();
  });
});
