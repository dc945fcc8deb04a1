/** A closed outline x0, y0, x1, y1, … in pixels; the last vertex joins the first. At least three vertices. */
export type Ring = readonly number[] | Float64Array
