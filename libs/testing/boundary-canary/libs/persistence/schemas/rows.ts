import '../../domain/pure.js';
import '../../domain/topic/topic.values.js';
