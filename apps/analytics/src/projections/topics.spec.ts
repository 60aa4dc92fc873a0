import type { Instructions } from '#libs/contracts/index.js';
import { joinTopics, toTopics } from './topics.js';

const toFinding = <V>(value: V) => ({ value, confidence: 0.9, source: 'analysis' as const });

describe('the topics of instructions', () => {
  it('contain topics, hindrances and mood, but no access code', () => {
    const instructions: Instructions = {
      present: toFinding(false),
      safePlace: toFinding('garage' as const),
      accessCode: toFinding('4271'),
      hazards: toFinding(['dog' as const, 'other' as const]),
      sentiment: toFinding('negative' as const),
      complexity: 3,
    };
    expect(toTopics(instructions)).toEqual({
      topics: ['availability', 'safe_place', 'access_code', 'dog', 'other_hazard'],
      hindrances: ['dog', 'other_hazard', 'nobody_there', 'locked_door'],
      mood: 'negative',
    });
    expect(JSON.stringify(toTopics(instructions))).not.toContain('4271');
  });

  it('are empty if no instruction applies', () => {
    expect(toTopics({ refused: toFinding(false), complexity: 1 })).toEqual({
      topics: [],
      hindrances: [],
      mood: 'neither',
    });
    expect(joinTopics([])).toBe('');
    expect(joinTopics(['b', 'a', 'b'])).toBe('a b');
  });
});
