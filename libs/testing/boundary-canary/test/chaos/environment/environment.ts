// Allowed: the one file that starts the stack.
import '../../../deploy/local/stack/index.js';
