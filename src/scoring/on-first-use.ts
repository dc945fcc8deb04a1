/** Makes a value when it is asked for, and only once. */
export function onFirstUse<Value>(make: () => Value): () => Value {
  let known: { readonly value: Value } | undefined
  return () => {
    known ??= { value: make() }
    return known.value
  }
}
