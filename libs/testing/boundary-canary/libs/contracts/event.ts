import '../domain/pure.js';
