import '../pure.js';
export const VALUES = ['a', 'b'] as const;
