import '../../apps/beta/src/private.js';
import '../domain/pure.js';
// @ts-expect-error What it imports does not exist.
import './nowhere.js';
import 'fast-check';
