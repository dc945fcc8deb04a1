/** A row of a label, with the name of a group in the place of the label. */
export type GroupRow<Row> = Omit<Row, 'label' | 'name'> & { readonly group: string }
