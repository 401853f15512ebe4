import type { AppOperation } from '../../app-call.ts'
import { RawAnswer } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Trade } from '../../trade.ts'
import { maxFileBytes, mediaTypeOf, readFile } from '../../vault/files.ts'
import { takeDocumentFile } from '../uploads/files-of-documents.ts'
import type { DocumentFile } from './state.ts'

/** Files of the tender document, sent up one by one and named by the document afterwards. */
export const fileOperations: readonly AppOperation[] = [
  {
    id: 'project.uploadFile',
    method: 'post',
    path: '/api/projects/{project}/files',
    summary: 'Upload a file of the document; answers with its digest',
    raw: true,
    handle: async (call) => {
      const { req } = call.http
      const name = fileNameOf(req.header('x-file-name'), call.language)
      const announced = Number(req.header('content-length') ?? maxFileBytes)
      const project = (call.trade as Trade).id
      const stored = await takeDocumentFile(call.platform, project, req.raw.body, announced)
      const mediaType = mediaTypeOf(req.header('content-type'))
      return { name, mediaType, ...stored } satisfies DocumentFile
    },
  },
  {
    id: 'project.readFile',
    method: 'get',
    path: '/api/projects/{project}/files/{sha256}',
    summary: 'A file of the document, in any version that was ever published',
    handle: async (call) => {
      const { project } = call.trade as Trade
      if (project.stage === 'none') throw new ProblemError('not-found')
      const files =
        project.stage === 'published'
          ? project.versions.flatMap((v) => [...v.files])
          : project.files
      const found = files.find((f) => f.sha256 === call.params.sha256)
      if (!found) throw new ProblemError('not-found')
      return new RawAnswer(await readFile(call.platform, call.http.req.raw, found))
    },
  },
]

/** A file's name as a header holds it: in percent signs. @throws ProblemError `input-invalid` */
function fileNameOf(header: string | undefined, language: 'zh' | 'en'): string {
  const name = decodedName(header ?? 'file')
  if (name && name.length <= 200 && !name.includes('\0')) return name
  const detail = language === 'zh' ? '文件名无效' : 'Not a valid file name'
  const errors = [{ field: 'x-file-name', code: 'invalid_format', detail }]
  throw new ProblemError('input-invalid', {}, { errors })
}

function decodedName(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
