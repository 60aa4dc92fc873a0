// Forbidden: a benchmark may import neither the inner files of a feature nor the schemas of collections.
import '../apps/alpha/src/parcels/parcel.repository.js';
import '../libs/persistence/schemas/alpha/parcels.js';
