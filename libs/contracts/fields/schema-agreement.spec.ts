import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  ChoiceListField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  toJsonSchema,
  NumberField,
  parseContract,
  PhoneField,
  PositionField,
  TextField,
  TextListField,
  TIME_ZONES,
  TimeZoneField,
} from './index.js';

class Everything {
  @IdField({ optional: true }) id?: string;
  @PhoneField({ optional: true }) phone?: string;
  @TextField({ optional: true, max: 3 }) text?: string;
  @TextField({ optional: true, min: 0, nullable: true, max: 2 }) note?: string | null;
  @InstantField({ optional: true }) instant?: string;
  @TimeZoneField({ optional: true }) zone?: string;
  @PositionField({ optional: true }) position?: [number, number];
  @IntegerField({ optional: true }) integer?: number;
  @IntegerField({ optional: true, min: -1, max: 3 }) few?: number;
  @NumberField({ optional: true, min: 0, max: 1 }) share?: number;
  @FlagField({ optional: true }) flag?: boolean;
  @TextListField({ optional: true, maxItems: 2, item: { max: 2 } }) texts?: string[];
  @ChoiceListField(['a', 'b'], { optional: true, minItems: 1 }) choices?: string[];
}

const ajv = new Ajv2020({ strict: false, validateFormats: true });
addFormats.default(ajv);
const matchesSchema = ajv.compile(toJsonSchema(Everything));

function isAcceptedByContract(json: unknown): boolean {
  try {
    parseContract(Everything, json, 'reject');
    return true;
  } catch {
    return false;
  }
}

/** Boundary values of each field, valid and invalid. */
const EDGES: Record<keyof Everything, readonly unknown[]> = {
  id: ['a', 'dlv_1', '_a', '-', 'a b', 'a\n', 'é', 'x'.repeat(128), 'x'.repeat(129), '', 7, null],
  phone: ['+13125550123', '+0312555', '3125550123', '+1٣12555012', '+123456', '+1234567', '+1234567890123456'],
  text: ['a', '', 'abc', 'abcd', '👍👍👍', '👍👍👍👍', '❤️', '❤️❤️', 'a\0', ' ', '\n', 1],
  note: [null, '', 'ab', 'abc', '👍👍'],
  instant: [
    '2026-03-02T15:00:00Z',
    '2026-03-02T15:00:00.123456789Z',
    '2026-03-02T15:00:00.1234567890Z',
    '2026-02-30T00:00:00Z',
    '2026-03-02T15:00:00+00:00',
    '2026-03-02t15:00:00z',
    '2026-03-02T24:00:00Z',
    '2026-03-02',
    '２026-03-02T15:00:00Z',
  ],
  zone: ['America/Chicago', 'Asia/Calcutta', 'Etc/GMT+10', 'GMT0', 'UTC', '+01:00', 'Asia/', '/Asia', 'a b', '', 1],
  position: [[0, 0], [-180, 90], [180.01, 0], [0, -90.5], [0], [0, 0, 0], ['0', 0], {}, null],
  integer: [0, -1, 1.5, 1e20, Number.MAX_SAFE_INTEGER, '1', true],
  few: [-2, -1, 3, 4],
  share: [0, 1, 0.5, 1.000001, -0.1, '0'],
  flag: [true, false, 'true', 0, null],
  texts: [[], ['a'], ['a', 'b', 'c'], ['abc'], [1], 'a', [null], ['👍👍'], ['a\0']],
  choices: [[], ['a'], ['a', 'b', 'a'], ['c'], 'a', [['a']]],
};

describe('validator and JSON schema', () => {
  const fields = Object.entries(EDGES).flatMap(([field, values]) => values.map((value) => [field, value] as const));

  it.each(fields)('agree on %s: %j', (field, value) => {
    expect(isAcceptedByContract({ [field]: value })).toBe(matchesSchema({ [field]: value }));
  });

  it('agree on arbitrary JSON', () => {
    const json = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'grapheme', maxLength: 6 }), fc.integer());
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(EDGES)), json, (field, value) => {
        const isAccepted = isAcceptedByContract({ [field]: value });
        const isMatch = matchesSchema({ [field]: value });
        // The schema also accepts nonexistent time zones of valid form.
        if (field === 'zone') expect(isAccepted && !isMatch).toBe(false);
        else expect(isAccepted).toBe(isMatch);
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });

  it('differ on nonexistent time zones of valid form, because the schema lists no names', () => {
    for (const zone of ['Mars/Olympus', 'america/chicago', 'Europe/Atlantis']) {
      expect({ zone, contract: isAcceptedByContract({ zone }) }).toEqual({ zone, contract: false });
      expect({ zone, schema: matchesSchema({ zone }) }).toEqual({ zone, schema: true });
    }
  });

  it('accept exactly the time zones that this runtime supports', () => {
    expect(TIME_ZONES.filter((zone) => !matchesSchema({ zone }))).toEqual([]);
    const unsupportedZones = TIME_ZONES.filter((timeZone) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone === '';
      } catch {
        return true;
      }
    });
    expect(unsupportedZones).toEqual([]);
    expect(Intl.supportedValuesOf('timeZone').filter((name) => !TIME_ZONES.includes(name))).toEqual([]);
  });
});
