import type { Instructions } from '#libs/contracts/index.js';
import { joined, topicsOf } from './topics.js';

const said = <V>(value: V) => ({ value, confidence: 0.9, source: 'analysis' as const });

describe('what the figures keep of words', () => {
  it('is what they were about, what hinders, and how they sounded', () => {
    const instructions: Instructions = {
      ...{ present: said(false), safePlace: said('garage' as const), accessCode: said('4271') },
      ...{ hazards: said(['dog' as const, 'other' as const]), sentiment: said('negative' as const), complexity: 3 },
    };
    expect(topicsOf(instructions)).toEqual({
      topics: ['availability', 'safe_place', 'access_code', 'dog', 'other_hazard'],
      hindrances: ['dog', 'other_hazard', 'nobody_there', 'locked_door'],
      mood: 'negative',
    });
    expect(JSON.stringify(topicsOf(instructions))).not.toContain('4271');
  });

  it('is nothing where nothing was asked for', () => {
    expect(topicsOf({ refused: said(false), complexity: 1 })).toEqual({ topics: [], hindrances: [], mood: 'neither' });
    expect(joined([])).toBe('');
    expect(joined(['b', 'a', 'b'])).toBe('a b');
  });
});
