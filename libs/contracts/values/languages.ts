export { LANGUAGES, type Language } from '#libs/domain/language/language.values.js';
