/** Extensions of two parts that belong together; Supervisely puts its own behind that of the image. */
const doubled = /\.(nii\.gz|ome\.tiff?|(jpe?g|png|tiff?|bmp|webp)\.json)$/i

/** A path without the extension of its file, in NFC: what names an item on both sides. */
export function fileKey(path: string): string {
  const start = path.lastIndexOf('/') + 1
  const name = path.slice(start)
  const stem = doubled.test(name) ? name.replace(doubled, '') : name.replace(/(?<=.)\.[^.]*$/, '')
  return (path.slice(0, start) + stem).normalize('NFC')
}
