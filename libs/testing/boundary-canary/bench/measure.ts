import '../apps/alpha/src/parcels/parcel.repository.js';
import '../libs/persistence/schemas/alpha/parcels.js';
