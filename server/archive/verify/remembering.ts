import type { BagFiles } from './bag.ts'

/** Events, proofs and acts are far smaller; blobs are read once and are larger. */
const mostOfOne = 64 * 1024

/**
 * The same files, of which small ones are kept once they were read whole: the manifest, the log and
 * the signatures each ask for them, and taking them out of a zip costs more than checking them. What
 * is hashed for the manifest is then also what the other checks see.
 * @param mostBytes kept at the most; what comes after is read anew each time
 */
export function remembering(files: BagFiles, mostBytes = 48 * 1024 * 1024): BagFiles {
  const kept = new Map<string, readonly Uint8Array[]>()
  let keptBytes = 0
  return {
    paths: files.paths,
    stream: async function* (path) {
      const known = kept.get(path)
      if (known) return yield* known
      const parts: Uint8Array[] = []
      let bytes = 0
      for await (const part of files.stream(path)) {
        bytes += part.length
        if (bytes <= mostOfOne) parts.push(part)
        yield part
      }
      // Two readers of one file at once would count it twice.
      if (bytes > mostOfOne || keptBytes + bytes > mostBytes || kept.has(path)) return
      keptBytes += bytes
      kept.set(path, parts)
    },
  }
}
