// There is no cycle of files here: only the folders form a cycle.
export const parcels = 1;
