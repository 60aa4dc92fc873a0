import { ABSENT_PERSONAS } from './absent-personas.js';
import { KEYING_PERSONAS } from './keying-personas.js';
import type { Persona } from './persona.js';
import { SPEAKING_PERSONAS } from './speaking-personas.js';

export const PERSONAS: readonly Persona[] = [...KEYING_PERSONAS, ...SPEAKING_PERSONAS, ...ABSENT_PERSONAS];
