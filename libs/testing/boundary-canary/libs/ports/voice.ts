import '../contracts/event.js';
import './push.js';
