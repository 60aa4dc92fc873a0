import '../../apps/beta/src/private.js';
import '../domain/pure.js';
// @ts-expect-error The imported module does not exist.
import './nowhere.js';
import 'fast-check';
