import { type BagFiles, UnreadableBag } from '../../server/archive/verify/bag.ts'
import { UnusableTrust, verifyArchive } from '../../server/archive/verify/verify.ts'
import { hex } from '../../server/formats/bytes.ts'
import { sha256Hasher } from '../../server/formats/sha256.ts'
import type { BagReport, VerifyAnswer, VerifyCall } from './verify-messages.ts'
import { openZipFile } from './zip-files.ts'

/** Runs the verifier, the same as the command line's, over a bag on the reader's own device. */
const say = (answer: VerifyAnswer) => self.postMessage(answer)
const sayEveryMs = 150

/** Tells how many files were looked at, as the checks ask for them. */
function watched(files: BagFiles): BagFiles {
  const seen = new Set<string>()
  let saidAt = 0
  return {
    paths: files.paths,
    stream: (path) => {
      seen.add(path)
      if (Date.now() - saidAt > sayEveryMs) {
        saidAt = Date.now()
        say({ step: 'checking', done: seen.size, of: files.paths.length })
      }
      return files.stream(path)
    },
  }
}

async function digestOf(file: File): Promise<string> {
  const hasher = sha256Hasher()
  const reader = file.stream().getReader()
  let done = 0
  let saidAt = 0
  for (;;) {
    const piece = await reader.read()
    if (piece.done) return hex(hasher.digest())
    hasher.update(piece.value)
    done += piece.value.length
    if (Date.now() - saidAt < sayEveryMs) continue
    saidAt = Date.now()
    say({ step: 'reading', done, of: file.size })
  }
}

async function verify({ bag, trust, nowMs }: VerifyCall): Promise<BagReport> {
  const files = await openZipFile(bag)
  const sha256 = await digestOf(bag)
  const result = await verifyArchive(watched(files), trust, nowMs)
  return { ...result, archive: { sha256, ...result.archive } }
}

self.addEventListener('message', async (event: MessageEvent<VerifyCall>) => {
  try {
    say({ report: await verify(event.data) })
  } catch (error) {
    if (error instanceof UnusableTrust) say({ unusableTrust: error.message })
    else {
      if (!(error instanceof UnreadableBag)) console.error(error)
      say({ unreadable: (error as Error).message })
    }
  }
})
