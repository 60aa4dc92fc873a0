// Files do not form a circle here: only their folders do.
export const parcels = 1;
