/** Why the last step of a run could not be done yet: such as a full disk. Null while nothing is in the way. */
export const waitingMigration = `
alter table maskscore.evaluation add column waiting json;
`
