import '../alpha/parcels.js';
