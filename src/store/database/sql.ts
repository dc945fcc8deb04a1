/** A database that speaks PostgreSQL: the embedded one, or a server. Both are asked the same texts. */
export interface Sql {
  /**
   * Without values several statements may follow each other, and the rows of all are answered.
   * @throws Error of the database, with its `code`; Refusal STORE_UNAVAILABLE where it cannot be reached
   */
  query<Row>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>
  /** All or nothing: what is asked through the given `Sql` is taken back when `work` rejects. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** JSON is given as text. */
export type SqlValue = string | number | boolean | Date | null
