import type { Language } from '../model/types.js';
import type { PromptCatalogue } from './catalogue.js';
import { en } from './en.js';
import { es } from './es.js';

/** The prompts by language. */
export const PROMPTS: Readonly<Record<Language, PromptCatalogue>> = { en, es };

export type { PromptCatalogue } from './catalogue.js';
