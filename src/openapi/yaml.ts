import { Document, isScalar, visit } from 'yaml'

/** A document as YAML, lists of plain values on one line: openapi.yaml, byte by byte. */
export function asYaml(document: object): string {
  const tree = new Document(document, { aliasDuplicateObjects: false })
  visit(tree, {
    Seq(_, list) {
      list.flow = list.items.every(isScalar)
    },
  })
  return tree.toString({ lineWidth: 110, flowCollectionPadding: false })
}
