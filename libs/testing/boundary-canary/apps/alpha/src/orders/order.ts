import '../parcels/parcel.repository.js';

export const order = 1;
