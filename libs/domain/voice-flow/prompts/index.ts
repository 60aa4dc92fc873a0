import type { Language } from '../model/types.js';
import type { PromptCatalog } from './catalog.js';
import { en } from './en.js';
import { es } from './es.js';

/** The prompts by language. */
export const PROMPTS: Readonly<Record<Language, PromptCatalog>> = { en, es };

export type { Noted, PlacementReason, PromptCatalog } from './catalog.js';
