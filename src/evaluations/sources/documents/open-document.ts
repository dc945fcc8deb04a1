import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, normalize, resolve, sep } from 'node:path'
import type { DatasetImages } from '../../../annotations/splitting/document-image.ts'
import type { Limits } from '../../../limits.ts'
import { Refusal } from '../../../problems/refusal.ts'
import { foldDetachedVolumes } from '../detached-volumes.ts'
import type { Listing } from '../listing.ts'
import { foldObjectFolders } from '../object-folders.ts'
import { readBytes } from '../read-bytes.ts'
import { isFileReader, type Reader } from '../reader.ts'
import type { Spool } from '../spool.ts'
import { type ListedDocument, listDocument } from './list-document.ts'
import { vocImages } from './voc-images.ts'

/** Beyond this a document is no longer one string. */
const maxDocumentBytes = 400 * 2 ** 20

interface DocumentContext {
  readonly spool: Spool
  readonly limits: Limits
  readonly borrowed?: DatasetImages | undefined
}

/** A document that is a side by itself. Its PNGs stand in the folder of its name, or beside it. */
export function documentFile(path: string, context: DocumentContext): ListedDocument {
  const reader = { type: 'file', path: realpathSync(path), bytes: statSync(path).size } as const
  const folder = dirname(resolve(path))
  const folders = [join(folder, basename(path, extname(path))), folder]
  const pngOf = (name: string): Reader | undefined => {
    for (const place of folders) {
      const png = normalize(join(place, name))
      const found = png.startsWith(place + sep) ? statSync(png, { throwIfNoEntry: false }) : undefined
      if (found?.isFile()) return { type: 'file', path: realpathSync(png), bytes: found.size }
    }
    return undefined
  }
  const split = listDocument(readBytes(reader, maxDocumentBytes), { ...context, pngOf })
  return split ?? { listing: { masks: [{ path: basename(path), reader }], junk: {}, unreadable: [] } }
}

/**
 * A folder or archive with a list of colours as Pascal VOC and CVAT write it, or whose only document is one of many images, such as an export of CVAT: its images, with the PNGs that
 * stand beside it. All others are as they were.
 */
export function documentWithin(files: Listing, context: DocumentContext): ListedDocument {
  const listing = foldDetachedVolumes(foldObjectFolders(files))
  const images = vocImages(listing)
  if (images) return { listing: images }
  const documents = listing.masks.filter(({ path }) => /\.(json|xml)$/i.test(path))
  const [document] = documents
  if (documents.length !== 1 || !isFileReader(document.reader) || document.reader.type === 'unreadable')
    return { listing }
  const { reader } = document
  const pngOf = (name: string): Reader | undefined => {
    const found = listing.masks.filter(({ path }) => path === name || path.endsWith(`/${name}`))
    return found.length === 1 ? found[0].reader : undefined
  }
  const split = splitOrRefused(() => listDocument(readBytes(reader, maxDocumentBytes), { ...context, pngOf }))
  if (!split) return { listing }
  if (split instanceof Refusal) {
    // It may be one mask of many, whose item fails for this reason.
    const unreadable = { path: document.path, reason: split.message }
    return { listing: { ...listing, unreadable: [...listing.unreadable, unreadable] } }
  }
  const others = listing.masks.length - 1
  const junk = { ...listing.junk, ...(others > 0 && { 'file beside the document': others }) }
  return {
    ...split,
    listing: { ...split.listing, junk, unreadable: [...listing.unreadable, ...split.listing.unreadable] },
  }
}

function splitOrRefused(split: () => ListedDocument | undefined): ListedDocument | undefined | Refusal {
  try {
    return split()
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'TOO_MANY_ITEMS') return error
    throw error
  }
}
