import '../../libs/contracts/event.js';
import '../../deploy/local/stack/index.js';
