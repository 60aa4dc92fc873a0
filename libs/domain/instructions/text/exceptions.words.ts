/** Words that except what follows from all others. Folded. */
export const EXCEPTION_WORDS = ['but', 'except', 'other than', 'excepto', 'menos', 'salvo'] as const;
