/** The reader's own clock: what came in is told by it, for it is of no campaign yet. */
export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
