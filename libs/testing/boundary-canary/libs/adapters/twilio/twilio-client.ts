import '../../platform/config.js';
