/** Rows of classes that an answer lists. */
export const maxClassRows = 1000
