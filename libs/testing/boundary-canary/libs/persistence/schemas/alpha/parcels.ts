export const parcelSchema = 1;
