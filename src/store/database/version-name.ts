/** A file that every folder of a database has. */
export const versionName = 'PG_VERSION'
