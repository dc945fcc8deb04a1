/** Values of which any one is right: where several assignments are equally good. */
export class AnyOf {
  readonly values: readonly number[]
  constructor(values: readonly number[]) {
    this.values = values
  }
}
