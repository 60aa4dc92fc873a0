import { mulberry32 } from '../seeded-random.js';
import type { ArcsProblem } from './problem-file.js';

export interface Size {
  readonly deliveries: number;
  readonly agents: number;
  /** The number of agents that each delivery may be assigned to. */
  readonly candidates: number;
  /** Deliveries divided by total capacity; above 1, some stay unassigned. */
  readonly fullness: number;
}

/** A synthetic problem: a town with twelve districts, whose costs come from travel, skills and experience. */
export function syntheticArcs({ deliveries, agents, candidates, fullness }: Size, seed: number): ArcsProblem {
  const random = mulberry32(seed);
  /** Approximately normal: the sum of four uniform numbers, with mean 0. */
  const normal = (): number => random() + random() + random() + random() - 2;
  const districts = Array.from({ length: 12 }, () => [random(), random()] as const);
  const place = (): readonly [number, number] => {
    const [x, y] = districts[Math.floor(random() * districts.length)] ?? [0, 0];
    return [x + normal() * 0.1, y + normal() * 0.1];
  };
  const agentProfiles = Array.from({ length: agents }, () => ({
    at: place(),
    experience: random(),
    skills: Array.from({ length: 4 }, () => random() < 0.7),
  }));
  const arcs: [number, number, number][] = [];
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    const [x, y] = place();
    const requiredSkill = random() < 0.3 ? Math.floor(random() * 4) : -1;
    const complexity = 1 + Math.floor(random() * random() * 5);
    const row = agentProfiles.flatMap(({ at, experience, skills }, agent): [number, number, number][] => {
      if (requiredSkill >= 0 && !skills[requiredSkill]) return [];
      const travel = Math.hypot(x - at[0], y - at[1]) * 8000;
      return [[delivery, agent, Math.round(travel + (1 - experience) * (complexity - 1) * 240)]];
    });
    arcs.push(...row.sort((a, b) => a[2] - b[2]).slice(0, candidates));
  }
  const mean = deliveries / agents / fullness;
  return {
    arcs,
    capacities: agentProfiles.map(() => Math.max(1, Math.round(mean * (1 + 0.4 * normal())))),
    unassignedCosts: Array.from({ length: deliveries }, () => 100_000 + 1_000 * Math.floor(random() * 101)),
  };
}

/** Like `syntheticArcs`, with parcels of which about three fill a vehicle. */
export function syntheticLoads(deliveries: number, agents: number, seed: number): ArcsProblem {
  const random = mulberry32(seed + 1);
  const { arcs } = syntheticArcs({ deliveries, agents, candidates: Math.min(agents, 20), fullness: 0.8 }, seed);
  const loads = Array.from({ length: deliveries }, () => 5 + Math.floor(random() * 21));
  const totalLoad = loads.reduce((sum, load) => sum + load, 0);
  return {
    arcs,
    loads,
    capacities: Array.from({ length: agents }, () => Math.round((totalLoad / agents) * (0.9 + 0.4 * random()))),
    unassignedCosts: loads.map(() => 5_000 + Math.floor(random() * 5_000)),
  };
}
